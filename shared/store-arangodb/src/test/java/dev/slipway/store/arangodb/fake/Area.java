package dev.slipway.store.arangodb.fake;

/** One part of the API; whatever it doesn't know it refuses with {@link Refusals#notInTheDouble}. */
interface Area {

    Answer answer(Request request);

    static ArangoRefusal unknown(Request request) {
        return Refusals.notInTheDouble(request.method() + " " + request.path());
    }
}
