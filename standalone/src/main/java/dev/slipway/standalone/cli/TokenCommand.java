package dev.slipway.standalone.cli;

import dev.slipway.api.tokens.CreateToken;
import dev.slipway.api.tokens.NewToken;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.LocalInstallation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = "Manage API tokens.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TokenCommand.Create.class)
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with tokens: create.");
    }

    @Command(
            name = "create",
            description = "Make a token in the stores of this installation, and print its secret, once.",
            footer = {"", "Send it as 'Authorization: Bearer SECRET'."})
    static final class Create implements Runnable {
        @Option(names = "--name", required = true, description = "Who will use it, for people.")
        private String name;

        @Option(
                names = "--role",
                defaultValue = "viewer",
                description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Role role;

        @Option(
                names = "--days",
                defaultValue = "90",
                description = "Days until it expires (default: ${DEFAULT-VALUE}).")
        private int days;

        @Option(
                names = "--workspace",
                defaultValue = "default",
                description = "The workspace it is good for (default: ${DEFAULT-VALUE}).")
        private String workspace;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:SLIPWAY_DATA:-data}",
                description = "Folder of the embedded stores (default: ${DEFAULT-VALUE}).")
        private Path data;

        @Mixin
        private Output output;

        @Override
        public void run() {
            Caller local = new Caller("cli", Set.of(Role.ADMIN), new Workspace(workspace));
            try (LocalInstallation installation = LocalInstallation.open(data)) {
                NewToken token = installation.bean(Callers.class).callAs(local, () -> installation
                        .bean(TokensApi.class)
                        .create(new CreateToken(name, role, days)));
                output.print(Map.of("id", token.id().value(), "token", token.secret()), token.secret());
            }
        }
    }
}
