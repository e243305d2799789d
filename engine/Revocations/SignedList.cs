using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Engine.Revocations;

/// <summary>A kill list as it goes over the wire.</summary>
/// <param name="Number">Of the last revocation that it knows of.</param>
/// <param name="Since">Null for the whole list.</param>
/// <param name="Jwt">A compact JWS by the ring's signing key.</param>
public sealed record SignedList(long Number, long? Since, string Jwt)
{
    /// <summary>A strong validator, in quotes (RFC 9110 §8.8.3).</summary>
    public string ETag { get; } = $"\"{Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwt)).AsSpan(0, 16))}\"";
}
