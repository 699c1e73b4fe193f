package dev.slipway.gateway.schema;

/** The fields of one domain of the schema. */
interface Resolvers {
    void wire(Wiring wiring);
}
