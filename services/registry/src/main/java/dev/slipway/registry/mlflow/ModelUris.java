package dev.slipway.registry.mlflow;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.registry.Models;
import dev.slipway.registry.VersionLookup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads addresses of the form {@code models:/…}. */
@Singleton
final class ModelUris {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** What such an address names. */
    sealed interface Named {}

    /** {@code models:/m-…}. */
    record Logged(String id) implements Named {}

    /** {@code models:/name/3}. */
    record Numbered(String name, int number) implements Named {}

    /** {@code models:/name@alias}, and {@code models:/name/latest}. */
    record Aliased(String name, String alias) implements Named {}

    /** {@code models:/name/Staging}. */
    record Staged(String name, Stage stage) implements Named {}

    private final Models models;
    private final VersionLookup versions;

    ModelUris(Models models, VersionLookup versions) {
        this.models = models;
        this.versions = versions;
    }

    Named read(SourceAddress address) {
        List<String> parts = address.parts();
        if (parts.size() > 2 || !address.authority().isEmpty()) {
            throw SourceAddress.refused(
                    address.text(), "Use models:/name/version, models:/name@alias, models:/name/stage or models:/m-…");
        }
        String name = parts.get(0);
        if (parts.size() == 1) {
            int at = name.lastIndexOf('@');
            return at < 0 ? new Logged(name) : new Aliased(name.substring(0, at), name.substring(at + 1));
        }
        String suffix = parts.get(1);
        if (NUMBER.matcher(suffix).matches()) {
            return new Numbered(name, Given.number(suffix));
        }
        return suffix.equalsIgnoreCase("latest") ? new Aliased(name, suffix) : new Staged(name, Given.stage(suffix));
    }

    Entity<ModelVersionId, ModelVersion> version(Named named) {
        if (named instanceof Numbered numbered) {
            return versions.numbered(models.named(numbered.name()), numbered.number());
        }
        if (named instanceof Aliased aliased) {
            return versions.aliased(models.named(aliased.name()), aliased.alias());
        }
        if (named instanceof Staged staged) {
            return versions.latest(models.named(staged.name()), Set.of(staged.stage())).stream()
                    .findFirst()
                    .orElseThrow(() -> SlipwayException.notFound(
                            "model-version.unknown",
                            "The model '" + staged.name() + "' has no version in the stage "
                                    + staged.stage().label() + "."));
        }
        throw new IllegalArgumentException(named + " is no version of a registered model");
    }

    Entity<ModelId, Model> model(ModelId id) {
        return models.all(List.of(id)).get(0);
    }
}
