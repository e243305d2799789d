using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tumbler.Core.Revocations;

/// <summary>The claims of a kill list: what a verifier has to refuse although signature and times are good. <c>revoked</c> has a
/// member for each claim or header to compare with, and under it what is refused, with the second from when on nobody has to
/// remember it. With <c>since</c> it holds what has changed after that number, and what is revoked no longer in <c>lifted</c>.</summary>
public static class RevocationList
{
    /// <summary>Its <c>typ</c>, so that nobody takes it for a token (RFC 8725 §3.11).</summary>
    public const string Type = "revocations+jwt";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (RevocationKind Kind, string Name)[] Members =
    [
        (RevocationKind.Key, "kid"),
        (RevocationKind.Token, "jti"),
        (RevocationKind.Client, "client_id"),
        (RevocationKind.Organization, "org"),
    ];

    /// <param name="since">Null for the whole list.</param>
    /// <param name="entries">Those of the ring.</param>
    public static ReadOnlyMemory<byte> Write(
        string issuer, long number, long? since, IReadOnlyCollection<FeedEntry> entries, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("iss", issuer);
        json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
        json.WriteNumber("number", number);
        if (since is { } after)
            json.WriteNumber("since", after);
        WriteEach(json, "revoked", entries.Where(entry => !entry.Revocation.Lifted && entry.Revocation.Until > issuedAt));
        if (since is not null)
            WriteEach(json, "lifted", entries.Where(entry => entry.Revocation.Lifted));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteEach(Utf8JsonWriter json, string name, IEnumerable<FeedEntry> entries)
    {
        var byKind = entries.ToLookup(entry => entry.Subject.Kind);
        json.WriteStartObject(name);
        foreach (var (kind, member) in Members)
        {
            json.WriteStartObject(member);
            foreach (var entry in byKind[kind])
                json.WriteNumber(entry.Subject.Id, entry.Revocation.Until.ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
