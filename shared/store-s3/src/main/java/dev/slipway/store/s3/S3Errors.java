package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;

/** What a server's answers, and the lack of one, mean. */
final class S3Errors {
    private static final Set<String> LATER =
            Set.of("SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "OperationAborted");
    private static final Set<String> CREDENTIALS = Set.of(
            "AccessDenied",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "AllAccessDisabled",
            "AccountProblem");
    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchUpload");

    private final String place;

    /**
     * The errors of one bucket.
     *
     * @param place names it in messages
     */
    S3Errors(String place) {
        this.place = place;
    }

    /** A request was sent, perhaps, and no answer came: the server may do what it was asked for, even later. */
    static boolean isLost(Throwable failure) {
        boolean neverSent = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
        return failure instanceof IOException && !neverSent;
    }

    /** The same request may succeed a little later. */
    static boolean isPassing(Throwable failure) {
        if (failure instanceof ErrorResponseException refused) {
            return LATER.contains(code(refused)) || isPassing(refused.response().code());
        }
        if (failure instanceof ServerException refused) {
            return isPassing(refused.statusCode());
        }
        // A proxy before the server answers for it when it is down, and not in XML.
        return failure instanceof IOException || failure instanceof InvalidResponseException;
    }

    private static boolean isPassing(int status) {
        return (status >= 500 && status != 501) || status == 429 || status == 408;
    }

    /** What was asked for is not there. */
    static boolean isMissing(Throwable failure) {
        return failure instanceof ErrorResponseException refused && MISSING.contains(code(refused));
    }

    static boolean isNoBucket(Throwable failure) {
        return failure instanceof ErrorResponseException refused
                && code(refused).equals("NoSuchBucket");
    }

    /** Somebody else has made the bucket meanwhile. */
    static boolean isBucketThere(Throwable failure) {
        return failure instanceof ErrorResponseException refused
                && Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists").contains(code(refused));
    }

    private static String code(ErrorResponseException refused) {
        String code = refused.errorResponse().code();
        return code == null ? "" : code;
    }

    SlipwayException of(Throwable failure) {
        if (isPassing(failure)) {
            return SlipwayException.unavailable(
                    "store.unavailable",
                    place + " does not answer as it should: " + text(failure)
                            + ". Nothing can be relied on to be stored; try again.",
                    failure);
        }
        if (failure instanceof ErrorResponseException refused) {
            return refused(refused);
        }
        return SlipwayException.internal("store.failed", place + ": " + text(failure), failure);
    }

    private SlipwayException refused(ErrorResponseException failure) {
        String code = code(failure);
        if (code.equals("RequestTimeTooSkewed")) {
            return SlipwayException.unavailable(
                    "store.clock",
                    place + " refuses requests because this machine's clock and its own differ too much. Set the"
                            + " clocks right.",
                    failure);
        }
        if (CREDENTIALS.contains(code)) {
            return SlipwayException.internal(
                    "store.credentials",
                    place + " refuses the access key or what it wants to do (" + text(failure)
                            + "). Check both keys, the region and the account's permissions.",
                    failure);
        }
        if (code.equals("NoSuchBucket")) {
            return SlipwayException.internal(
                    "store.bucket",
                    place + " does not exist. Make the bucket, or let the store make it by its settings.",
                    failure);
        }
        if (isMissing(failure)) {
            return SlipwayException.unavailable(
                    "store.unavailable",
                    place + " has lost what was being written: " + text(failure) + ". Try again.",
                    failure);
        }
        return SlipwayException.internal(
                "store.refused", place + " refuses a request: " + text(failure) + ".", failure);
    }

    /** Without the request's headers, which the exceptions' own texts may have. */
    private static String text(Throwable failure) {
        return failure instanceof ErrorResponseException refused
                ? code(refused) + ", " + refused.getMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
