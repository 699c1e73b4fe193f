package dev.slipway.lineage.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the secrets of webhooks when keys come and go. */
class WebhookSecretsTest {
    private static final WebhookId ID = new WebhookId("0197a000000070008000000000000001");
    private static final String TEXT = "thirty-two characters, or rather more of them";

    @TempDir
    private Path folder;

    private EmbeddedStores stores;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(folder.resolve("data"), InstantSource.system());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private WebhookSecrets secrets(String keys, String text) {
        WebhookSettings settings =
                new WebhookSettings(false, Duration.ofSeconds(1), 0, Duration.ZERO, 1, folder.resolve(keys), text);
        return new WebhookSecrets(new WebhookKeys(settings, stores.graph()));
    }

    private static Webhook with(String plain, String sealed) {
        return new Webhook("n", null, "u", List.of(), plain, sealed, true, 0, null, 0, 0, List.of());
    }

    @Test
    void aSecretIsSealedUnderAKeyThatIsMadeOnceAndKeptPrivate() throws IOException {
        String sealed = secrets("keys", null).seal(ID, "s3cret ä");

        assertThat(sealed).doesNotContain("s3cret");
        assertThat(secrets("keys", null).seal(ID, "s3cret ä")).isNotEqualTo(sealed);
        assertThat(secrets("keys", null).open(ID, with(null, sealed))).isEqualTo("s3cret ä");
        assertThat(Files.getPosixFilePermissions(folder.resolve("keys/webhooks-1.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aSecretIsOneWebhooksOnlyAndNotToBeChanged() {
        WebhookSecrets secrets = secrets("keys", null);
        String sealed = secrets.seal(ID, "s3cret");

        WebhookId other = new WebhookId("0197a000000070008000000000000002");
        assertThatThrownBy(() -> secrets.open(other, with(null, sealed))).hasMessageContaining("decrypted");
        char last = sealed.charAt(sealed.length() - 6);
        String changed = sealed.substring(0, sealed.length() - 6)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 5);
        assertThatThrownBy(() -> secrets.open(ID, with(null, changed))).hasMessageContaining("decrypted");
    }

    @Test
    void aNewKeyTakesOverAndTheOldOneStillOpens() throws IOException {
        Webhook old = with(null, secrets("keys", null).seal(ID, "s3cret"));
        Files.writeString(
                folder.resolve("keys/webhooks-2.key"), Base64.getEncoder().encodeToString(new byte[32]));

        Webhook renewed = secrets("keys", null).renewed(ID, old);

        assertThat(renewed.sealed()).isNotEqualTo(old.sealed());
        Files.delete(folder.resolve("keys/webhooks-1.key"));
        assertThat(secrets("keys", null).open(ID, renewed)).isEqualTo("s3cret");
        assertThat(secrets("keys", null).renewed(ID, renewed)).isEqualTo(renewed);
        assertThat(secrets("keys", null).renewed(ID, old)).isEqualTo(old);
        assertThatThrownBy(() -> secrets("keys", null).open(ID, old))
                .isInstanceOfSatisfying(SlipwayException.class, refused -> assertThat(refused.code())
                        .isEqualTo("webhook.key-missing"));
    }

    @Test
    void aTextThatProcessesShareNeedsNoFolder() {
        String sealed = secrets("one", TEXT).seal(ID, "s3cret");

        assertThat(secrets("two", TEXT).open(ID, with(null, sealed))).isEqualTo("s3cret");
        assertThat(folder.resolve("one")).doesNotExist();
        assertThatThrownBy(() -> secrets("one", "short").seal(ID, "s3cret")).hasMessageContaining("32");
    }

    @Test
    void aProcessThatSeesAnotherFolderMakesNoKeyOfItsOwn() {
        secrets("keys", null).seal(ID, "s3cret");

        assertThatThrownBy(() -> secrets("elsewhere", null).seal(ID, "s3cret"))
                .isInstanceOfSatisfying(SlipwayException.class, refused -> assertThat(refused.code())
                        .isEqualTo("webhook.keys-elsewhere"));
        GraphStore graph = stores.graph();
        assertThat(graph.claim(Workspace.DEFAULT, "webhook-key/first")).isPresent();
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedWithoutQuotingIt() throws IOException {
        Files.createDirectories(folder.resolve("keys"));
        Files.writeString(folder.resolve("keys/webhooks-1.key"), "hunter2");

        assertThatThrownBy(() -> secrets("keys", null).seal(ID, "s3cret"))
                .hasMessageContaining("webhooks-1.key")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aPlainSecretOfOldIsReadAndSealedWhenItIsNextWritten() {
        WebhookSecrets secrets = secrets("keys", null);
        Webhook old = with("s3cret", null);

        assertThat(secrets.open(ID, old)).isEqualTo("s3cret");
        Webhook renewed = secrets.renewed(ID, old);
        assertThat(renewed.plain()).isNull();
        assertThat(secrets.open(ID, renewed)).isEqualTo("s3cret");
        assertThat(secrets.renewed(ID, with(null, null))).isEqualTo(with(null, null));
    }
}
