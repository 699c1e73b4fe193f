package dev.slipway.registry;

import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Release;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.registry.delivery.Manifest;
import dev.slipway.registry.delivery.ManifestFile;
import dev.slipway.registry.delivery.ManifestSigner;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Points a channel to a release, with a signed manifest whose number is higher than the one before. */
@Singleton
final class ChannelPointer {
    private final Entities entities;
    private final ManifestSigner signer;

    ChannelPointer(Entities entities, ManifestSigner signer) {
        this.entities = entities;
        this.signer = signer;
    }

    void point(
            Change change,
            Entity<ModelId, Model> model,
            ModelVersion version,
            Entity<ReleaseId, Release> release,
            String name) {
        String claim = RegistryClaims.channel(model.id(), name);
        Optional<Entity<ChannelId, Channel>> earlier = entities.claimed(RegistryKinds.CHANNEL, claim);
        long number = earlier.map(channel -> channel.body().manifestNumber()).orElse(0L) + 1;
        String manifest = signer.sign(manifest(change, model.body(), version, release.body(), name, number));
        Channel pointed = new Channel(model.id(), name, release.id(), number, manifest);
        Entity<ChannelId, Channel> channel;
        if (earlier.isPresent()) {
            channel = change.update(RegistryKinds.CHANNEL, earlier.get().with(body -> pointed));
        } else {
            channel = change.create(RegistryKinds.CHANNEL, entities.newId(ChannelId::new), pointed);
            change.take(claim, channel.id());
        }
        EntityRef ref = EntityRef.of(EntityType.CHANNEL, channel.id());
        change.link(ref, EdgeType.RELEASES, EntityRef.of(EntityType.RELEASE, release.id()))
                .event(
                        "channel.pointed",
                        ref,
                        Map.of(
                                "model", model.id().value(),
                                "release", release.id().value(),
                                "manifestNumber", String.valueOf(number)));
    }

    private static Manifest manifest(
            Change change, Model model, ModelVersion version, Release release, String channel, long number) {
        return new Manifest(
                model.name(),
                channel,
                number,
                release.number(),
                release.versionNumber(),
                release.files().stream().map(ManifestFile::of).toList(),
                version.classes(),
                version.inputShape(),
                change.now());
    }
}
