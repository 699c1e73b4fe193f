package dev.slipway.store.embedded;

/** How transactions begin and end well. */
enum TransactionSql implements Sql {
    /** Takes the write lock at once, so that everything read within is still true when it is written. */
    BEGIN_WRITE("BEGIN IMMEDIATE"),
    /** All reads within see the same commit. */
    BEGIN_READ("BEGIN DEFERRED"),
    COMMIT("COMMIT");

    private final String text;

    TransactionSql(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
