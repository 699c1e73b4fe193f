package dev.slipway.gateway.execution;

import graphql.language.OperationDefinition;

/** How an operation has come, and so what it may be. */
public enum Transport {
    /** A GET changes nothing. */
    HTTP_GET,
    HTTP_POST,
    SOCKET;

    boolean allows(OperationDefinition.Operation operation) {
        return switch (operation) {
            case QUERY -> true;
            case MUTATION -> this != HTTP_GET;
            case SUBSCRIPTION -> this == SOCKET;
        };
    }
}
