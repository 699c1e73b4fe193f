package dev.slipway.registry;

import dev.slipway.kernel.SlipwayException;
import java.util.regex.Pattern;

/** What models, their aliases and tags may be called: what MLflow allows, because its clients name them. */
final class ModelNames {
    /** A claim holds it and addresses of deliveries carry it, percent-encoded. */
    private static final int MAX_NAME = 250;

    private static final int MAX_ALIAS = 255;
    private static final int MAX_KEY = 250;

    private static final Pattern ALIAS = Pattern.compile("[\\w-]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RESERVED_ALIAS = Pattern.compile("(?i)latest|v\\d+");
    private static final Pattern KEY = Pattern.compile("[/\\w.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);
    /** Parts of a path that lead elsewhere when somebody takes the name for a file's. */
    private static final Pattern LEADING_ELSEWHERE = Pattern.compile("\\.\\..*|(.*/)?\\.{0,2}(/.*)?");

    private ModelNames() {}

    static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME
                && name.codePoints().noneMatch(c -> c == '/' || c == ':' || Character.isISOControl(c))
                && !LEADING_ELSEWHERE.matcher(name).matches();
    }

    /** The name, or {@code model.name}. */
    static String checkName(String name) {
        if (!isName(name)) {
            throw SlipwayException.invalid(
                    "model.name",
                    "'" + name + "' can't name a model: use 1 to " + MAX_NAME
                            + " characters without '/', ':' and control characters, not '.' and nothing that begins with"
                            + " '..'.");
        }
        return name;
    }

    /** Fails with {@code model.alias} for what can't be an alias. */
    static void checkAlias(String alias) {
        if (alias.length() > MAX_ALIAS || !ALIAS.matcher(alias).matches()) {
            throw SlipwayException.invalid(
                    "model.alias",
                    "'" + alias + "' can't be an alias: use 1 to " + MAX_ALIAS + " letters, digits, '-' and '_'.");
        }
    }

    /** Fails with {@code model.alias} for what can't be given to a version, because it means one already. */
    static void checkFreeAlias(String alias) {
        checkAlias(alias);
        if (RESERVED_ALIAS.matcher(alias).matches()) {
            throw SlipwayException.invalid(
                    "model.alias",
                    "The alias '" + alias + "' is reserved: 'latest' and 'v1', 'v2' … mean versions already.");
        }
    }

    /** Fails with {@code tag.key} for what can't be a tag's key. */
    static void checkKey(String key) {
        if (key.length() > MAX_KEY
                || !KEY.matcher(key).matches()
                || LEADING_ELSEWHERE.matcher(key).matches()) {
            throw SlipwayException.invalid(
                    "tag.key",
                    "'" + key + "' can't be a tag's key: use 1 to " + MAX_KEY
                            + " letters, digits, '_', '-', '.', ' ', ':' and '/', no part of it empty, '.' or '..'.");
        }
    }
}
