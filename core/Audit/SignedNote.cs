using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tumbler.Core.Audit;

/// <summary>A text with signatures under it: C2SP <c>signed-note</c>.</summary>
public static class SignedNote
{
    /// <summary>More than any note of ours, and than sixteen signatures, which a verifier must accept.</summary>
    public const int MaxLength = 64 * 1024;

    private const string Mark = "— ";

    /// <param name="name">Of the key: without space and plus.</param>
    public static string Sign(string text, string name, AuditSigner signer)
    {
        var signature = signer.Sign(Encoding.UTF8.GetBytes(text));
        var signed = new byte[sizeof(uint) + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(signed, signer.Certificate.KeyId(name));
        signature.CopyTo(signed, sizeof(uint));
        return $"{text}\n{Mark}{name} {Convert.ToBase64String(signed)}\n";
    }

    /// <summary>The text, when a trusted key of that name signed it. Signatures of other keys say nothing; one of a trusted
    /// key that does not verify spoils the note.</summary>
    public static bool TryVerify(
        string note,
        string name,
        IEnumerable<AuditCertificate> trusted,
        [NotNullWhen(true)] out string? text,
        [NotNullWhen(false)] out string? problem)
    {
        text = null;
        problem = "is not a signed note";
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 == note.Length || note.Length > MaxLength || note[^1] != '\n' || note.Any(c => c < ' ' && c != '\n'))
            return false;

        var keys = trusted.ToLookup(key => key.KeyId(name));
        var body = Encoding.UTF8.GetBytes(note[..(end + 1)]);
        problem = "is not signed by the audit certificate";
        var verified = false;
        foreach (var line in note[(end + 2)..^1].Split('\n'))
        {
            if (!TryParse(line, out var signer, out var id, out var signature))
            {
                problem = "has a malformed signature line";
                return false;
            }

            if (signer != name || !keys.Contains(id))
                continue;
            if (!keys[id].Any(key => key.Verifies(body, signature)))
            {
                problem = "has a signature that does not verify";
                return false;
            }

            verified = true;
        }

        text = verified ? note[..(end + 1)] : null;
        return verified;
    }

    private static bool TryParse(string line, out string name, out uint id, out byte[] signature)
    {
        (name, id, signature) = ("", 0, []);
        if (!line.StartsWith(Mark, StringComparison.Ordinal) || line[Mark.Length..].Split(' ') is not [{ Length: > 0 } signer, { Length: > 0 } encoded])
            return false;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length <= sizeof(uint))
            return false;
        (name, id, signature) = (signer, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..length]);

        // One spelling: no white space, no bits behind the last byte.
        return Convert.ToBase64String(bytes.AsSpan(0, length)) == encoded;
    }
}
