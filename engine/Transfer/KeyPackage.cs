using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Transfer;

/// <summary>A private key under a password, in a form that other programs read.</summary>
internal static class KeyPackage
{
    /// <summary>What OWASP asks of PBKDF2-HMAC-SHA256 since 2023.</summary>
    public const int Pkcs8Iterations = 600_000;

    /// <summary>Three derivations; .NET and others refuse a PFX that asks for more than a million rounds in all.</summary>
    public const int Pkcs12Iterations = 300_000;

    /// <summary>An RSA key of 4096 bits with a certificate takes half of it.</summary>
    public const int MaxSize = 16 * 1024;

    private const string Field = "data";
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    public static string Write(KeyFormat format, SigningKey key, PrivateKey privateKey, string password)
    {
        var pkcs8 = privateKey.ExportPkcs8();
        try
        {
            using var handle = Import(key.PublicKey, pkcs8);
            return format == KeyFormat.Pkcs8
                ? handle.ExportEncryptedPkcs8PrivateKeyPem(password, Parameters(Pkcs8Iterations))
                : Convert.ToBase64String(Pfx(key, handle, password));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>The PKCS#8 inside; the caller zeroes it. Refusals name <c>data</c> or <c>password</c>.</summary>
    public static Result<ForeignKey> Read(KeyFormat format, string data, string password)
    {
        try
        {
            return format == KeyFormat.Pkcs8 ? ReadPem(data, password) : ReadPfx(data, password);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return Refusal.Invalid(Field, "format", $"data is no well-formed {(format == KeyFormat.Pkcs8 ? "PKCS#8" : "PKCS#12")}.");
        }
    }

    private static Result<ForeignKey> ReadPem(string data, string password)
    {
        if (!PemEncoding.TryFind(data, out var pem))
            return Refusal.Invalid(Field, "format", $"data must be a PEM text, -----BEGIN {EncryptedLabel}-----.");
        return data[pem.Label] switch
        {
            EncryptedLabel => Decrypt(Convert.FromBase64String(data[pem.Base64Data]), password),
            "PRIVATE KEY" or "RSA PRIVATE KEY" or "EC PRIVATE KEY" or "DSA PRIVATE KEY" => Refusal.Invalid(Field, "encrypted",
                $"data must be encrypted as -----BEGIN {EncryptedLabel}-----; openssl pkcs8 -topk8 does that."),
            "PUBLIC KEY" or "RSA PUBLIC KEY" or "CERTIFICATE" => NoPrivateKey,
            _ => Refusal.Invalid(Field, "format", $"data must be a PEM text, -----BEGIN {EncryptedLabel}-----."),
        };
    }

    private static Result<ForeignKey> ReadPfx(string data, string password)
    {
        var bytes = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, bytes, out var length))
            return Refusal.Invalid(Field, "base64", "data must be a PFX in base64.");
        var pfx = bytes.AsMemory(0, length);
        var info = Pkcs12Info.Decode(pfx, out var read, skipCopy: true);
        if (read != length)
            return Refusal.Invalid(Field, "format", "data has something behind the PFX.");
        if (info.IntegrityMode != Pkcs12IntegrityMode.Password || !PasswordScheme.IsAcceptedMac(pfx))
            return Scheme("-macalg sha256");
        if (!info.VerifyMac(password))
            return WrongPassword;

        var bags = info.AuthenticatedSafe
            .Where(safe => safe.ConfidentialityMode == Pkcs12ConfidentialityMode.None)
            .SelectMany(safe => safe.GetBags())
            .ToArray();
        return bags.Where(bag => bag is Pkcs12KeyBag or Pkcs12ShroudedKeyBag).ToArray() switch
        {
            [] => NoPrivateKey,
            [Pkcs12ShroudedKeyBag bag] => Decrypt(bag.EncryptedPkcs8PrivateKey, password),
            [Pkcs12KeyBag] => Refusal.Invalid(Field, "encrypted", "data must hold its private key encrypted."),
            _ => Refusal.Invalid(Field, "one_key", "data must hold one private key."),
        };
    }

    private static Result<ForeignKey> Decrypt(ReadOnlyMemory<byte> encrypted, string password)
    {
        if (!PasswordScheme.IsAccepted(encrypted))
            return Scheme("-v2 aes256 -v2prf hmacWithSHA256");
        try
        {
            return ForeignKey.Of(Pkcs8PrivateKeyInfo.DecryptAndDecode(password, encrypted, out _));
        }
        catch (CryptographicException)
        {
            return WrongPassword;
        }
    }

    private static byte[] Pfx(SigningKey key, AsymmetricAlgorithm handle, string password)
    {
        var name = $"CN={key.Kid}";
        var request = handle is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)handle, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(key.CreatedAt, key.ExpiresAt);
        return certificate.ExportPkcs12(Parameters(Pkcs12Iterations), password);
    }

    private static AsymmetricAlgorithm Import(Jwk publicKey, byte[] pkcs8)
    {
        AsymmetricAlgorithm handle = publicKey.KeyType == "RSA" ? RSA.Create() : ECDsa.Create();
        handle.ImportPkcs8PrivateKey(pkcs8, out _);
        return handle;
    }

    private static PbeParameters Parameters(int iterations) => new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterations);

    private static Refusal WrongPassword { get; } =
        Refusal.Invalid("password", "password", "password does not open data, or data is damaged.");

    private static Refusal NoPrivateKey { get; } =
        Refusal.Invalid(Field, "private_key", "data must hold a private key; there is none in it.");

    private static Refusal Scheme(string options) => Refusal.Invalid(Field, "encryption_scheme",
        $"data must be encrypted with AES and HMAC-SHA-2, with at most {PasswordScheme.MaxIterations} rounds (openssl: {options}).");
}
