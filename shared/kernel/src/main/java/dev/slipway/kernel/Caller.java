package dev.slipway.kernel;

import java.util.Set;

/**
 * Who is calling: travels with every call of a contract and stands in every event.
 *
 * @param subject a name for people to read, such as {@code token:ci} or {@code job:training}; at most 200 characters
 * @param roles what the caller may do
 * @param workspace the workspace the call is about
 */
public record Caller(String subject, Set<Role> roles, Workspace workspace) {
    public Caller {
        roles = Set.copyOf(roles);
        if (subject.isBlank() || subject.length() > 200 || subject.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw SlipwayException.invalid(
                    "caller.malformed", "A caller's subject is 1 to 200 printable ASCII characters.");
        }
    }

    /** A Slipway process acting in {@code workspace} for its own part {@code name}. */
    public static Caller service(String name, Workspace workspace) {
        return new Caller("service:" + name, Set.of(Role.SERVICE), workspace);
    }

    public boolean may(Role needed) {
        return roles.stream().anyMatch(role -> role.includes(needed));
    }
}
