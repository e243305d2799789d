using System.Text;

namespace Tumbler.Client.Outbound;

/// <summary>What a server said, for a message: short, printable, and without the secret it was sent.</summary>
internal static class Quotation
{
    private const int Longest = 160;

    /// <returns>Null when there is nothing that may be shown.</returns>
    public static string? Of(string? text, string? secret = null)
    {
        if (string.IsNullOrEmpty(text) || (secret is not null && Repeats(text, secret)))
            return null;
        var shown = text.Length <= Longest ? text : $"{text[..Longest]}…";
        return string.Create(shown.Length, shown, (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
        });
    }

    /// <summary>As it is, or as it was written into the request. Of what is in base64 the end is enough: its beginning depends on what
    /// stands before it.</summary>
    private static bool Repeats(string text, string secret)
    {
        var written = Uri.EscapeDataString(secret);
        return text.Contains(secret, StringComparison.Ordinal)
            || text.Contains(written, StringComparison.Ordinal)
            || Enumerable.Range(0, 3).Any(skipped => text.Contains(
                Convert.ToBase64String(Encoding.ASCII.GetBytes(written)[Math.Min(skipped, written.Length - 1)..]).TrimEnd('=')[..^1], StringComparison.Ordinal));
    }
}
