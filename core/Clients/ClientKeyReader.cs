using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Clients;

/// <summary>Reads one key of a client's set (RFC 7517 §4). What is wrong is named by the member that is.</summary>
/// <param name="field">The key's own place: <c>jwks.keys[0]</c>.</param>
internal sealed class ClientKeyReader(JsonElement json, string field)
{
    private const int MaxKid = 200;

    private FieldError? fault;

    /// <returns>Null with the fault.</returns>
    public static ClientKey? Read(JsonElement json, string field, out FieldError? fault)
    {
        var reader = new ClientKeyReader(json, field);
        var key = json.ValueKind == JsonValueKind.Object ? reader.Read() : reader.Refuse(null, "type", "must be an object");
        fault = reader.fault;
        return fault is null ? key : null;
    }

    private ClientKey? Read()
    {
        if (Array.Find(JwkReader.PrivateMembers, member => json.TryGetProperty(member, out _)) is { } secret)
            return Refuse(secret, "private_member", "belongs to a private or symmetric key; register public keys only, and replace this one, for it is known now");
        var (type, curve) = (json.Text("kty"), json.Text("crv"));
        if (type is not ("RSA" or "EC"))
            return Refuse("kty", "key_type", "must be RSA or EC");
        if (ClientKey.SchemeOf(type, type == "EC" ? curve : null) is not { } scheme)
            return Refuse("crv", "curve", "must be P-256, P-384 or P-521");

        var key = new ClientKey(
            Kid(), type, scheme.Curve, Number(scheme.Members.First), Number(scheme.Members.Second), Algorithm(), Certificate());
        CheckUse();
        if (fault is null && !IsUsable(scheme, key))
            return Refuse(scheme.Members.First, "key", type == "RSA" ? "must be a modulus of 2048, 3072 or 4096 bits, with the exponent 65537" : "must be a point on the curve");
        if (key.Algorithm is { } algorithm && !(key with { Algorithm = null }).Fits(algorithm))
            return Refuse("alg", "algorithm", "must be one that the key fits");
        return fault is null && key.Certificate is not null && !HasKey(key) ? Refuse("x5c", "certificate", "must begin with a certificate for this very key") : key;
    }

    private string? Kid()
    {
        if (!json.TryGetProperty("kid", out var value))
            return null;
        if (value.Text() is { Length: >= 1 and <= MaxKid } kid && !kid.Any(char.IsControl))
            return kid;
        Refuse("kid", "kid", $"must be 1 to {MaxKid} characters");
        return null;
    }

    private JwsAlgorithm? Algorithm()
    {
        if (!json.TryGetProperty("alg", out var value))
            return null;
        if (value.Text() is { } name && SignatureScheme.TryFind(name, out var scheme))
            return scheme.Algorithm;
        Refuse("alg", "algorithm", $"must be one of {string.Join(", ", Enum.GetNames<JwsAlgorithm>())}");
        return null;
    }

    private void CheckUse()
    {
        if (json.TryGetProperty("use", out var use) && use.Text() != "sig")
            Refuse("use", "use", "must be sig");
        if (json.TryGetProperty("key_ops", out var operations)
            && !(operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(each => each.Text() == "verify")))
        {
            Refuse("key_ops", "key_ops", "must contain verify");
        }
    }

    private string Number(string member)
    {
        var text = json.Text(member);
        if (text is not null && StrictBase64Url.TryDecode(Encoding.UTF8.GetBytes(text), new byte[text.Length], out var length) && length > 0)
            return text;
        Refuse(member, "base64url", "must be a number in base64url without padding");
        return "";
    }

    private string? Certificate()
    {
        if (!json.TryGetProperty("x5c", out var chain))
            return null;
        if (chain.ValueKind == JsonValueKind.Array && chain.GetArrayLength() > 0 && chain[0].Text() is { } first)
            return first;
        Refuse("x5c", "certificate", "must be a list of certificates in base64");
        return null;
    }

    private static bool IsUsable(SignatureScheme scheme, ClientKey key)
    {
        try
        {
            scheme.ImportPublic(Base64Url.DecodeFromChars(key.First), Base64Url.DecodeFromChars(key.Second)).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool HasKey(ClientKey key)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(key.Certificate!));
            return key.IsKeyOf(certificate) && key.Owns(certificate);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private ClientKey? Refuse(string? member, string rule, string rest)
    {
        var name = member is null ? field : $"{field}.{member}";
        fault ??= new FieldError(name, rule, $"{name} {rest}.");
        return null;
    }
}
