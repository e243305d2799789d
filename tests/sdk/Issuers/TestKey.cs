using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tumbler.Client.Tests.Issuers;

/// <summary>A key pair that signs by what .NET offers, without any code of the product.</summary>
internal sealed class TestKey
{
    // They take long to make, and no test has more of them at once.
    private static readonly Lazy<RSA>[] Rsa = [.. Enumerable.Range(0, 4).Select(_ => new Lazy<RSA>(() => RSA.Create(2048)))];

    private static int rsaTaken;

    private readonly AsymmetricAlgorithm key;

    private TestKey(string? kid, string algorithm, AsymmetricAlgorithm key) => (Kid, Algorithm, this.key) = (kid, algorithm, key);

    public string? Kid { get; }

    public string Algorithm { get; }

    private HashAlgorithmName Hash => new($"SHA{Algorithm[2..]}");

    public static TestKey New(string algorithm = "ES256", string? kid = null, bool named = true)
    {
        kid ??= named ? Guid.NewGuid().ToString() : null;
        return new TestKey(kid, algorithm, algorithm switch
        {
            "ES256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            "ES384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "ES512" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ => Rsa[Interlocked.Increment(ref rsaTaken) % Rsa.Length].Value,
        });
    }

    public string Pem() => key.ExportSubjectPublicKeyInfoPem();

    public JsonObject Jwk(bool withPrivate = false)
    {
        var jwk = new JsonObject { ["use"] = "sig", ["alg"] = Algorithm };
        if (Kid is not null)
            jwk["kid"] = Kid;
        if (key is RSA rsa)
        {
            var numbers = rsa.ExportParameters(withPrivate);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Text(numbers.Modulus!), Text(numbers.Exponent!));
            if (withPrivate)
                jwk["d"] = Text(numbers.D!);
        }
        else
        {
            var numbers = ((ECDsa)key).ExportParameters(withPrivate);
            (jwk["kty"], jwk["x"], jwk["y"]) = ("EC", Text(numbers.Q.X!), Text(numbers.Q.Y!));
            jwk["crv"] = Algorithm == "ES512" ? "P-521" : $"P-{Algorithm[2..]}";
            if (withPrivate)
                jwk["d"] = Text(numbers.D!);
        }

        return jwk;
    }

    /// <summary>With the header of an access token.</summary>
    public string Sign(JsonObject claims, string type = "at+jwt")
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["typ"] = type };
        if (Kid is not null)
            header["kid"] = Kid;
        return Sign(header.ToJsonString(), claims.ToJsonString());
    }

    /// <summary>Whatever the header says.</summary>
    public string Sign(string header, string payload)
    {
        var input = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{Text(Signature(Encoding.ASCII.GetBytes(input)))}";
    }

    public byte[] Signature(byte[] input)
    {
        lock (key)
        {
            return key is RSA rsa
                ? rsa.SignData(input, Hash, Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
                : ((ECDsa)key).SignData(input, Hash);
        }
    }

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
