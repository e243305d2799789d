using System.Buffers.Text;

namespace Tumbler.Silo.Configuration;

/// <summary>What secrets must look like. A complaint never repeats the secret.</summary>
internal static class SecretRules
{
    public const int MinKeyBytes = 32;
    public const int MinAdminKey = 32;

    /// <summary>A key for HMAC-SHA256: shorter than the hash weakens it (RFC 2104 §3).</summary>
    public static string? Base64Key(string text) =>
        Base64.IsValid(text, out var length) && length >= MinKeyBytes ? null : $"must be at least {MinKeyBytes} bytes in base64";

    /// <summary>What can stand in a header and be selected with a double click.</summary>
    public static string? AdminKey(string text) =>
        text.Length >= MinAdminKey && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? null
            : $"must be at least {MinAdminKey} characters of A-Z, a-z, 0-9, _ and -";
}
