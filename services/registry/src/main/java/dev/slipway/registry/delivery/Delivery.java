package dev.slipway.registry.delivery;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.registry.RegistryClaims;
import dev.slipway.registry.RegistryKinds;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** What a device may see: the channels of its workspace and the files of releases, nothing else. */
@Singleton
@Allowed(Role.DEVICE)
class Delivery {
    private final Entities entities;
    private final ArtifactStore artifacts;
    private final SigningKeys keys;

    Delivery(Entities entities, ArtifactStore artifacts, SigningKeys keys) {
        this.entities = entities;
        this.artifacts = artifacts;
        this.keys = keys;
    }

    /** The channel's signed manifest. */
    public String manifest(String model, String channel) {
        ModelId id = entities.claim(RegistryClaims.model(model))
                .map(ModelId::new)
                .orElseThrow(() -> SlipwayException.notFound(
                        "delivery.unknown-model", "There is no model '" + model + "' in this workspace."));
        return entities.claimed(RegistryKinds.CHANNEL, RegistryClaims.channel(id, channel))
                .map(found -> found.body().manifest())
                .orElseThrow(() -> SlipwayException.notFound(
                        "delivery.unknown-channel",
                        "Model '" + model + "' has no channel '" + channel + "': nothing was released to it yet."));
    }

    /** The size in bytes of a file that stands in some release. */
    public long size(Digest file) {
        OptionalLong size = entities.claim(RegistryClaims.releasedFile(file)).isPresent()
                ? artifacts.size(file)
                : OptionalLong.empty();
        return size.orElseThrow(() -> SlipwayException.notFound(
                "delivery.unknown-file",
                "No release holds a file " + file + "; take the addresses of files from a manifest."));
    }

    /** The public keys that verify manifests, a JWK set. */
    public String keys() {
        return keys.verifying().toString(true);
    }
}
