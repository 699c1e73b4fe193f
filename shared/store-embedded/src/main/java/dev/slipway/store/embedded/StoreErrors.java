package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the failures of SQLite and of the file system mean to a caller. */
public final class StoreErrors {
    private StoreErrors() {}

    static SlipwayException of(SQLException failure, Path file) {
        return switch (primaryCode(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                SlipwayException.unavailable(
                        "store.busy", file + " is busy: another process is writing for long. Try again.", failure);
            case SQLITE_FULL ->
                SlipwayException.unavailable(
                        "store.full",
                        "The disk that holds " + file + " is full. Nothing was written; make room, then try again.",
                        failure);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> unwritable(file, failure);
            case SQLITE_IOERR ->
                SlipwayException.unavailable(
                        "store.io", file + " can not be read or written: " + failure.getMessage(), failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                SlipwayException.internal(
                        "store.corrupt",
                        file + " is damaged; restore it from a backup: " + failure.getMessage(),
                        failure);
            default -> SlipwayException.internal("store.failed", file + ": " + failure.getMessage(), failure);
        };
    }

    /** Whether a write failed because the disk is full, which Java tells in the system's words alone. */
    public static boolean isFull(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("No space left on device");
    }

    static boolean isBusy(SQLException failure) {
        return primaryCode(failure) == SQLiteErrorCode.SQLITE_BUSY;
    }

    static SlipwayException unwritable(Path path, Exception cause) {
        return SlipwayException.unavailable(
                "store.unwritable",
                path + " can not be made or written: " + cause.getMessage()
                        + ". Name a folder that this user may write.",
                cause);
    }

    static SlipwayException of(IOException failure, Path file) {
        if (isFull(failure)) {
            return SlipwayException.unavailable(
                    "store.full",
                    "The disk that holds " + file + " is full. Nothing was stored; make room, then try again.",
                    failure);
        }
        return SlipwayException.unavailable(
                "store.io", file + " can not be read or written: " + failure.getMessage(), failure);
    }

    /** Extended result codes keep the primary one in their lowest byte. */
    private static SQLiteErrorCode primaryCode(SQLException failure) {
        return failure instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & 0xff)
                : SQLiteErrorCode.SQLITE_ERROR;
    }
}
