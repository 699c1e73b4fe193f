package dev.slipway.runtime.errors;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.MutableHttpResponse;

/** How errors look under some public paths whose clients expect another form than problem details. */
public interface ErrorForm {
    /** Whether an error of this path, without a query, is told in this form. */
    boolean covers(String path);

    /** The answer that tells of it, with its status. */
    MutableHttpResponse<Object> answer(SlipwayException exception);
}
