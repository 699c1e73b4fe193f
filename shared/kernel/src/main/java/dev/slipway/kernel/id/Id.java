package dev.slipway.kernel.id;

/**
 * The id of an entity: a UUIDv7 (RFC 9562) as 32 lower-case hexadecimal digits, so ids sort by the time of their making.
 * Each entity type has its own id type, so that the compiler keeps a run's id from being taken for a dataset's.
 */
public interface Id {
    /** The 32 hexadecimal digits. */
    String value();
}
