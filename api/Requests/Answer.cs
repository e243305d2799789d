using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Json;
using Tumbler.Api.Problems;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Requests;

/// <summary>What a route answers: JSON, or a problem.</summary>
internal sealed class Answer
{
    private readonly Problem? problem;
    private readonly int status;
    private readonly byte[] json = [];
    private readonly string? location;
    private readonly Spread? spread;
    private readonly Stream? file;

    private Answer(Stream file) => this.file = file;

    private Answer(Problem problem) => this.problem = problem;

    private Answer(int status, byte[] json, string? location = null, Spread? spread = null) =>
        (this.status, this.json, this.location, this.spread) = (status, json, location, spread);

    public static Answer Ok<T>(Result<T> result, JsonTypeInfo<T> type) => result.TryGet(out var value, out var refusal)
        ? new Answer(StatusCodes.Status200OK, Bytes(value, type), spread: result.Spread)
        : refusal;

    public static Answer Created<T>(Result<T> result, JsonTypeInfo<T> type, Func<T, string> location) =>
        result.TryGet(out var value, out var refusal)
            ? new Answer(StatusCodes.Status201Created, Bytes(value, type), location(value), result.Spread)
            : refusal;

    /// <summary>It is going to be done; where to ask how far it is.</summary>
    public static Answer Accepted<T>(Result<T> result, JsonTypeInfo<T> type, Func<T, string> location) =>
        result.TryGet(out var value, out var refusal)
            ? new Answer(StatusCodes.Status202Accepted, Bytes(value, type), location(value))
            : refusal;

    /// <summary>A file of any size, to be kept.</summary>
    public static Answer File(Result<Stream> result) => result.TryGet(out var file, out var refusal) ? new Answer(file) : refusal;

    public static Answer Of<T>(int status, T value, JsonTypeInfo<T> type) => new(status, Bytes(value, type));

    public static implicit operator Answer(Refusal refusal) => new(ProblemMap.Of(refusal));

    public static implicit operator Answer(Problem problem) => new(problem);

    public Task Write(HttpContext http)
    {
        if (problem is not null)
            return http.WriteProblem(problem);
        if (file is not null)
            return WriteFile(http, file);

        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.Length;
        // It may show a new key, and a state that the next command changes.
        response.Headers.CacheControl = "no-store";
        if (location is not null)
            response.Headers.Location = location;
        if (spread is not null)
            WriteSpread(response.Headers, spread);
        return response.Body.WriteAsync(json, http.RequestAborted).AsTask();
    }

    internal static void WriteSpread(IHeaderDictionary headers, Spread spread)
    {
        headers["Tumbler-Known-By"] = UtcTime.Text(spread.KnownBy);
        if (spread.Unconfirmed.Count > 0)
            headers["Tumbler-Unconfirmed"] = string.Join(", ", spread.Unconfirmed);
    }

    private static async Task WriteFile(HttpContext http, Stream file)
    {
        await using var closing = file;
        var response = http.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = "attachment";
        await file.CopyToAsync(response.Body, http.RequestAborted);
    }

    private static byte[] Bytes<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
