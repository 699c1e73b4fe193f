package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ArtifactUploadId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.files.EntityTags;
import dev.slipway.runtime.files.RequestBytes;
import dev.slipway.training.artifact.ArtifactUploads;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes files in parts, and tells where to fetch them in parts. Where MLflow's server names addresses of an object store, this
 * one names its own.
 */
@Controller(UploadsController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class UploadsController {
    static final String PATH = "/api/2.0/mlflow-artifacts";

    private final ArtifactUploads uploads;
    private final ArtifactFiles files;

    UploadsController(ArtifactUploads uploads, ArtifactFiles files) {
        this.uploads = uploads;
        this.files = files;
    }

    /** @param path of the folder that the file is for */
    @Post("/mpu/create/{+path}")
    UploadMessages.Created create(HttpRequest<?> request, @PathVariable String path, @Body UploadMessages.Create body) {
        ArtifactPath file = ArtifactPath.of(path).resolve(ArtifactPath.of(body.name()));
        ArtifactUploadId id = uploads.begin(file, body.numParts() == null ? 1 : body.numParts());
        String address = OwnAddress.of(request, PATH + "/mpu/parts/" + id + "/");
        Map<String, String> headers = OwnAddress.headers(request);
        int parts = body.numParts() == null ? 1 : body.numParts().intValue();
        List<UploadMessages.Credential> credentials = IntStream.rangeClosed(1, parts)
                .mapToObj(number -> new UploadMessages.Credential(address + number, number, headers))
                .toList();
        return new UploadMessages.Created(id.value(), credentials);
    }

    @Put("/mpu/parts/{id}/{number}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> part(ServerHttpRequest<?> request, @PathVariable ArtifactUploadId id, @PathVariable int number)
            throws IOException {
        try (InputStream bytes = RequestBytes.of(request)) {
            return HttpResponse.ok().header(HttpHeaders.ETAG, EntityTags.quote(uploads.part(id, number, bytes)));
        }
    }

    @Post("/mpu/complete/{+path}")
    Empty complete(@PathVariable String path, @Body UploadMessages.Complete body) {
        ArtifactPath.of(path);
        uploads.complete(body.id(), body.all());
        return Empty.ANSWER;
    }

    @Post("/mpu/abort/{+path}")
    Empty abort(@PathVariable String path, @Body UploadMessages.Abort body) {
        ArtifactPath.of(path);
        uploads.abort(body.id());
        return Empty.ANSWER;
    }

    @Get("/presigned/{+path}")
    @Allowed(Role.VIEWER)
    UploadMessages.Download presigned(HttpRequest<?> request, @PathVariable String path) {
        ArtifactPath place = ArtifactPath.of(path);
        ArtifactInfo file = files.file(place);
        String encoded = place.names().stream()
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        return new UploadMessages.Download(
                OwnAddress.of(request, ProxiedArtifactsController.PATH + "/" + encoded),
                OwnAddress.headers(request),
                file.size());
    }
}
