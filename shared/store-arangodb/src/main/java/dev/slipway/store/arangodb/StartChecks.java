package dev.slipway.store.arangodb;

import com.arangodb.ArangoDB;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.Request;
import com.arangodb.entity.DatabaseEntity;
import com.arangodb.model.DBCreateOptions;
import com.arangodb.model.DatabaseOptions;
import dev.slipway.kernel.SlipwayException;
import java.util.Locale;
import java.util.Map;

/**
 * Refuses, before anything is written, a deployment that can't keep the port's promises: a batch is atomic only where
 * all of its documents are on one server.
 */
final class StartChecks {
    /** The first version that has all that is used, in the form in which it is used. */
    private static final int MAJOR = 3;

    private static final int MINOR = 11;

    private static final String ONE_SHARD = "single";

    private StartChecks() {}

    /** The database, which is made if it is missing. */
    static ArangoDatabase database(ArangoDB arango, ArangoSettings settings) {
        ArangoDatabase database = arango.db(settings.database());
        DatabaseEntity info = info(arango, database, settings);
        checkVersion(database.getVersion().getVersion(), settings);
        checkDeployment(role(arango, settings), info, settings);
        return database;
    }

    private static DatabaseEntity info(ArangoDB arango, ArangoDatabase database, ArangoSettings settings) {
        try {
            return database.getInfo();
        } catch (ArangoDBException e) {
            if (ArangoErrors.number(e) != ArangoErrors.DATABASE_NOT_FOUND) {
                throw e;
            }
        }
        try {
            arango.createDatabase(
                    new DBCreateOptions().name(settings.database()).options(new DatabaseOptions().sharding(ONE_SHARD)));
        } catch (ArangoDBException e) {
            // Another process may have made it meanwhile.
            if (ArangoErrors.number(e) != ArangoErrors.DUPLICATE_NAME) {
                throw SlipwayException.invalid(
                        "store.no-database",
                        settings + ": there is no such database, and it can't be made: " + ArangoErrors.message(e)
                                + ". Make it, with sharding 'single' in a cluster, and give the user rights on it.",
                        e);
            }
        }
        return database.getInfo();
    }

    private static void checkVersion(String version, ArangoSettings settings) {
        String[] parts = version.split("[.-]", 3);
        int major = Integer.parseInt(parts[0]);
        if (major < MAJOR || (major == MAJOR && Integer.parseInt(parts[1]) < MINOR)) {
            throw SlipwayException.unsupported(
                    "store.server-version",
                    settings + " has version " + version + "; " + MAJOR + "." + MINOR + " or newer is needed.");
        }
    }

    private static String role(ArangoDB arango, ArangoSettings settings) {
        Map<?, ?> answer = arango.execute(
                        Request.builder()
                                .db(settings.database())
                                .method(Request.Method.GET)
                                .path("/_admin/server/role")
                                .build(),
                        Map.class)
                .getBody();
        return String.valueOf(answer.get("role")).toUpperCase(Locale.ROOT);
    }

    private static void checkDeployment(String role, DatabaseEntity info, ArangoSettings settings) {
        boolean single = role.equals("SINGLE");
        boolean oneShard = role.equals("COORDINATOR") && ONE_SHARD.equals(info.getSharding());
        if (!single && !oneShard) {
            throw SlipwayException.unsupported(
                    "store.deployment",
                    settings + " is the part " + role + " of a cluster"
                            + (role.equals("COORDINATOR")
                                    ? " and the database is not a OneShard one, so a batch could be written in part."
                                    : ", not a Coordinator.")
                            + " Use a single server, or a database made with sharding 'single'.");
        }
    }
}
