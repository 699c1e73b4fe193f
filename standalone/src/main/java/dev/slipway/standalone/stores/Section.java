package dev.slipway.standalone.stores;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of one kind of store, {@code slipway.<section>.<name>}, from wherever a process has its configuration. Errors
 * are {@code INVALID} with code {@code store.setting}, and name the environment variable.
 */
final class Section {
    private static final int LONGEST_SECRET_FILE = 4096;

    private final String name;
    private final Function<String, Optional<String>> source;

    Section(String name, Function<String, Optional<String>> source) {
        this.name = name;
        this.source = source;
    }

    Optional<String> text(String setting) {
        return source.apply("slipway." + name + "." + setting)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The parts of a setting that lists several, separated by commas. */
    List<String> list(String setting) {
        return text(setting).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** A setting that must be there. */
    String needed(String setting, String what) {
        return text(setting).orElseThrow(() -> wrong(setting, "is missing: " + what));
    }

    /** An address, {@code http://host:port} or https, without a path or credentials. */
    Optional<URI> url(String setting) {
        return text(setting).map(value -> url(setting, value));
    }

    /** The addresses of a setting that lists several. */
    List<URI> urls(String setting) {
        return list(setting).stream().map(value -> url(setting, value)).toList();
    }

    private URI url(String setting, String value) {
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            throw noAddress(setting, value);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        boolean bare = uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!http || !bare) {
            throw noAddress(setting, value);
        }
        return uri;
    }

    /** A positive whole number. */
    Optional<Integer> number(String setting) {
        return text(setting).map(value -> {
            try {
                int number = Integer.parseInt(value);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong(setting, "is a positive whole number, not '" + value + "'.");
            }
            throw wrong(setting, "is a positive whole number, not '" + value + "'.");
        });
    }

    private SlipwayException noAddress(String setting, String value) {
        // An address may hold credentials by mistake, so only what can't be one is repeated.
        String shown = value.contains("@") ? "what it holds" : "'" + value + "'";
        return wrong(
                setting,
                "has to be an address like http://host:1234, without a path or credentials; " + shown + " is none.");
    }

    boolean flag(String setting) {
        return text(setting)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(setting, "is true or false, not '" + value + "'.");
                })
                .orElse(false);
    }

    /** A secret: the setting itself, or what stands in the file that {@code <setting>-file} names. */
    Optional<String> secret(String setting) {
        Optional<String> direct = text(setting);
        String fileSetting = setting + "-file";
        Optional<Path> file = text(fileSetting).map(Path::of);
        if (direct.isPresent() && file.isPresent()) {
            throw wrong(fileSetting, "is set and so is " + variable(setting) + "; set one of them.");
        }
        return direct.or(() -> file.map(path -> read(fileSetting, path)));
    }

    private String read(String setting, Path file) {
        try {
            if (Files.size(file) > LONGEST_SECRET_FILE) {
                throw wrong(setting, "names " + file + ", which is too long for a secret.");
            }
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw wrong(setting, "names " + file + ", which is empty.");
            }
            return secret;
        } catch (IOException e) {
            throw wrong(setting, "names " + file + ", which can't be read: " + e);
        }
    }

    /** Refuses settings that have no effect because the one that chooses the store is missing. */
    void refuseWithout(String choice, String... others) {
        for (String other : others) {
            if (text(other).isPresent()) {
                throw wrong(other, "is set, but " + variable(choice) + " is not, so the embedded store would be used.");
            }
        }
    }

    /** Refuses half of a pair, such as a user without a password. */
    void refuseHalf(String one, boolean oneIsSet, String other, boolean otherIsSet) {
        if (oneIsSet != otherIsSet) {
            throw wrong(oneIsSet ? other : one, "is missing, but " + variable(oneIsSet ? one : other) + " is set.");
        }
    }

    SlipwayException wrong(String setting, String why) {
        return SlipwayException.invalid(
                "store.setting", variable(setting) + " (slipway." + name + "." + setting + ") " + why);
    }

    private String variable(String setting) {
        return variableOf("slipway." + name + "." + setting);
    }

    /** The environment variable of a property. */
    static String variableOf(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
