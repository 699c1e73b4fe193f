package dev.slipway.training.mlflow;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.mlflow.Attachments;
import dev.slipway.runtime.files.FileResponder;
import dev.slipway.training.artifact.ArtifactTree;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;

/** Sends files of the tree. */
@Singleton
class ArtifactFiles {
    private final ArtifactTree tree;
    private final FileResponder responder;

    ArtifactFiles(ArtifactTree tree, FileResponder responder) {
        this.tree = tree;
        this.responder = responder;
    }

    /** The answer to a GET or HEAD of the file at the path. */
    HttpResponse<?> send(HttpRequest<?> request, ArtifactPath path) {
        ArtifactInfo file = file(path);
        return Attachments.named(path.name(), responder.respond(request, file.artifact(), file.size()));
    }

    /** The file at the path; {@code artifact.none} or {@code artifact.folder} when there is no file. */
    ArtifactInfo file(ArtifactPath path) {
        ArtifactInfo found = tree.find(path)
                .orElseThrow(() -> SlipwayException.notFound("artifact.none", "No such artifact: '" + path + "'."));
        if (found.artifact() == null) {
            throw SlipwayException.invalid(
                    "artifact.folder", "There is a folder at '" + path + "', not a file; list it instead.");
        }
        return found;
    }
}
