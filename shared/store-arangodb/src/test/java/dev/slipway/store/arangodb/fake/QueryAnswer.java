package dev.slipway.store.arangodb.fake;

import java.util.List;
import java.util.Map;

/** What one AQL text means to the double: plain Java over the collections in place of the query. */
@FunctionalInterface
public interface QueryAnswer {

    /**
     * Gives the query's whole result, which the double then cuts into batches. It is called once for each execution,
     * under the double's lock, and must change nothing but through {@code view}.
     *
     * @param bindVariables as sent: numbers are {@code Long} or {@code Double}, objects {@code Map}, arrays
     *     {@code List}; collection parameters have their leading {@code @}, as in {@code "@collection"}
     */
    List<Object> answer(CollectionsView view, Map<String, Object> bindVariables);
}
