using System.Buffers;
using System.Text.Json;
using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Snapshots;

/// <summary>The authorization server metadata of RFC 8414 §2, with the members that OpenID Connect Discovery 1.0 §3
/// demands as well, so that clients of either kind find the keys.</summary>
internal static class DiscoveryDocument
{
    public static byte[] Write(string issuer, RingId ring)
    {
        var server = ring == RingId.Default ? issuer : issuer[..^$"/rings/{ring}".Length];
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("issuer", issuer);
            json.WriteString("jwks_uri", $"{issuer}/.well-known/jwks.json");
            json.WriteString("token_endpoint", $"{issuer}/oauth2/token");
            WriteAuthentication(json, "token_endpoint");
            json.WriteBoolean("tls_client_certificate_bound_access_tokens", true);
            json.WriteString("introspection_endpoint", $"{issuer}/oauth2/introspect");
            WriteAuthentication(json, "introspection_endpoint");
            json.WriteString("revocation_endpoint", $"{issuer}/oauth2/revoke");
            WriteAuthentication(json, "revocation_endpoint");
            // Of our own, as §2 allows: by it verifiers know that there is a kill list.
            json.WriteString("tumbler_revocations_uri", $"{server}/api/v1/revocations/{ring}");
            WriteList(json, "grant_types_supported", "client_credentials");
            // There is no authorization endpoint, hence no response type; the member itself is required.
            WriteList(json, "response_types_supported");
            WriteList(json, "subject_types_supported", "public");
            WriteList(json, "id_token_signing_alg_values_supported", Enum.GetNames<JwsAlgorithm>());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAuthentication(Utf8JsonWriter json, string endpoint)
    {
        WriteList(json, $"{endpoint}_auth_methods_supported", "client_secret_basic", "client_secret_post",
            "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
        WriteList(json, $"{endpoint}_auth_signing_alg_values_supported", Enum.GetNames<JwsAlgorithm>());
    }

    private static void WriteList(Utf8JsonWriter json, string name, params string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
