using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Core.ApiKeys;

/// <summary>An API key as its owner holds it: <c>{org}_api_{random}{checksum}</c>.
/// <list type="bullet">
/// <item>random: 32 base62 digits (<c>0-9A-Za-z</c>), 190 bits;</item>
/// <item>checksum: CRC-32C (Castagnoli, RFC 3720 appendix B.4; check value of <c>123456789</c> is <c>e3069283</c>) of
/// the ASCII bytes before it, as a number in base62, most significant digit first, padded with <c>0</c> to 6 digits.</item>
/// </list>
/// The checksum finds typos without asking anyone; it proves nothing. An organisation's slug may contain <c>_api_</c>
/// itself, but neither random nor checksum can: the last <c>_api_</c> is the separator.</summary>
public readonly struct ApiKeyText
{
    private const string Separator = "_api_";
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;
    private const int TailLength = RandomLength + ChecksumLength;

    /// <summary>With the longest slug.</summary>
    public const int MaxLength = 50 + 5 + TailLength;

    private static readonly SearchValues<char> DigitSet = SearchValues.Create(Digits);

    private readonly string? value;

    private ApiKeyText(OrgSlug org, string value) => (Org, this.value) = (org, value);

    /// <summary>Whose key it claims to be.</summary>
    public OrgSlug Org { get; }

    /// <summary>A new key.</summary>
    /// <param name="fillRandom">Fills a buffer from a cryptographic random source; called as often as needed.</param>
    public static ApiKeyText Create(OrgSlug org, Action<Span<byte>> fillRandom)
    {
        var body = org.Value + Separator + RandomDigits(fillRandom);
        return new ApiKeyText(org, body + Checksum(body));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeyText key)
    {
        key = default;
        if (text is null || text.Length is <= TailLength or > MaxLength || !HasChecksum(text))
            return false;

        var head = text.AsSpan()[..^TailLength];
        if (!head.EndsWith(Separator, StringComparison.Ordinal)
            || !OrgSlug.TryParse(head[..^Separator.Length].ToString(), out var org))
        {
            return false;
        }

        key = new ApiKeyText(org, text);
        return true;
    }

    /// <summary>The whole secret: for the one answer that shows it, and for hashing.</summary>
    public string Reveal() => value ?? throw new InvalidOperationException("An uninitialised API key was used.");

    public override string ToString() => $"****{Reveal()[^4..]}";

    private static bool HasChecksum(string text)
    {
        var tail = text.AsSpan()[^TailLength..];
        return !tail.ContainsAnyExcept(DigitSet)
            && tail[RandomLength..].SequenceEqual(Checksum(text.AsSpan()[..^ChecksumLength]));
    }

    private static string Checksum(ReadOnlySpan<char> body)
    {
        var crc = uint.MaxValue;
        foreach (var c in body)
            crc = BitOperations.Crc32C(crc, (byte)c);

        return string.Create(ChecksumLength, ~crc, (digits, rest) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--, rest /= (uint)Digits.Length)
                digits[i] = Digits[(int)(rest % Digits.Length)];
        });
    }

    private static string RandomDigits(Action<Span<byte>> fillRandom)
    {
        // Bytes from the largest multiple of 62 up are thrown away: the rest of a division would favour some digits.
        const int limit = 256 / 62 * 62;
        Span<char> digits = stackalloc char[RandomLength];
        Span<byte> random = stackalloc byte[RandomLength];
        for (var count = 0; count < RandomLength;)
        {
            fillRandom(random);
            foreach (var b in random)
            {
                if (b < limit && count < RandomLength)
                    digits[count++] = Digits[b % Digits.Length];
            }
        }

        random.Clear();
        return digits.ToString();
    }
}
