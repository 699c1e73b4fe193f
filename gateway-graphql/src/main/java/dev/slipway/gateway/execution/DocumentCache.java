package dev.slipway.gateway.execution;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import io.micronaut.core.util.clhm.ConcurrentLinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Remembers the documents used last, parsed and validated: a dashboard sends the same few over and over. */
public final class DocumentCache implements PreparsedDocumentProvider {
    private static final int DOCUMENTS = 500;
    private static final int LENGTH = 20_000;

    private final Map<String, PreparsedDocumentEntry> documents = new ConcurrentLinkedHashMap.Builder<
                    String, PreparsedDocumentEntry>()
            .maximumWeightedCapacity(DOCUMENTS)
            .build();

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        PreparsedDocumentEntry entry = documents.get(input.getQuery());
        if (entry == null) {
            entry = parse.apply(input);
            // Mistakes are not worth a place, and long documents would make the bound mean little.
            if (!entry.hasErrors() && input.getQuery().length() <= LENGTH) {
                documents.put(input.getQuery(), entry);
            }
        }
        return CompletableFuture.completedFuture(entry);
    }
}
