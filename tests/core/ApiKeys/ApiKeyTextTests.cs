using System.Security.Cryptography;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Tests.ApiKeys;

public class ApiKeyTextTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly OrgSlug Acme = OrgSlug.Parse("acme");

    [Fact]
    public void A_key_is_the_organisation_random_digits_and_a_checksum()
    {
        var key = ApiKeyText.Create(Acme, RandomNumberGenerator.Fill);
        Assert.Matches("^acme_api_[0-9A-Za-z]{38}$", key.Reveal());
        Assert.Equal(Acme, key.Org);
    }

    /// <summary>Fixed for ever: keys of this form are in the hands of users.</summary>
    [Fact]
    public void A_key_has_the_documented_checksum()
    {
        var key = ApiKeyText.Create(Acme, Zeros);
        Assert.Equal("acme_api_" + new string('0', 32) + ReferenceChecksum("acme_api_" + new string('0', 32)), key.Reveal());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("my_api_keys")]
    [InlineData("_api_")]
    [InlineData("x_api")]
    [InlineData("abc_api_")]
    [InlineData("00000000000000000000000000000000000000000000000000")]
    public void A_key_reads_back_with_its_organisation_even_one_named_like_the_separator(string slug)
    {
        var key = ApiKeyText.Create(OrgSlug.Parse(slug), RandomNumberGenerator.Fill);
        Assert.True(ApiKeyText.TryParse(key.Reveal(), out var parsed));
        Assert.Equal(slug, parsed.Org.Value);
        Assert.Equal(key.Reveal(), parsed.Reveal());
        Assert.InRange(key.Reveal().Length, 32, ApiKeyText.MaxLength);
    }

    [Fact]
    public void Every_substitution_of_one_character_is_refused()
    {
        var text = ApiKeyText.Create(Acme, Seeded(1)).Reveal();
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in Alphabet.Where(c => c != text[i]))
                Assert.False(ApiKeyText.TryParse($"{text[..i]}{c}{text[(i + 1)..]}", out _), $"{c} at {i}");
        }
    }

    [Fact]
    public void Every_transposition_of_two_neighbours_is_refused()
    {
        var text = ApiKeyText.Create(Acme, Seeded(1)).Reveal();
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] != text[i + 1])
                Assert.False(ApiKeyText.TryParse($"{text[..i]}{text[i + 1]}{text[i]}{text[(i + 2)..]}", out _), $"at {i}");
        }
    }

    [Fact]
    public void Every_lost_and_every_doubled_character_is_refused()
    {
        var text = ApiKeyText.Create(Acme, Seeded(1)).Reveal();
        for (var i = 0; i < text.Length; i++)
        {
            Assert.False(ApiKeyText.TryParse(text.Remove(i, 1), out _));
            Assert.False(ApiKeyText.TryParse(text.Insert(i, text[i].ToString()), out _));
        }
    }

    [Theory]
    [InlineData("acme", "_api_", true)]
    [InlineData("Acme_1", "_api_", true)]
    [InlineData("ac", "_api_", false)]
    [InlineData("", "_api_", false)]
    [InlineData("ac-me", "_api_", false)]
    [InlineData("ac me", "_api_", false)]
    [InlineData("acmé", "_api_", false)]
    [InlineData("000000000000000000000000000000000000000000000000000", "_api_", false)]
    [InlineData("acme", "_key_", false)]
    [InlineData("acme", "_API_", false)]
    [InlineData("acme", "-api-", false)]
    [InlineData("acme", "_api", false)]
    [InlineData("acme", "", false)]
    public void A_right_checksum_does_not_make_up_for_a_wrong_form(string org, string separator, bool valid)
    {
        var body = org + separator + "0123456789ABCDEFGHIJKLMNOPQRSTUV";
        Assert.Equal(valid, ApiKeyText.TryParse(body + ReferenceChecksum(body), out _));
    }

    [Theory]
    [InlineData('_')]
    [InlineData('-')]
    [InlineData('é')]
    [InlineData('\u0130')]
    [InlineData('٠')]
    public void The_random_part_has_base62_digits_only(char c)
    {
        var body = "acme_api_" + new string('a', 31) + c;
        Assert.False(ApiKeyText.TryParse(body + ReferenceChecksum(body), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("_api_")]
    [InlineData("acme_api_")]
    public void What_is_no_key_is_refused(string? text) => Assert.False(ApiKeyText.TryParse(text, out _));

    [Fact]
    public void Space_around_a_key_is_refused()
    {
        var text = ApiKeyText.Create(Acme, Seeded(1)).Reveal();
        Assert.False(ApiKeyText.TryParse(" " + text, out _));
        Assert.False(ApiKeyText.TryParse(text + "\n", out _));
    }

    [Fact]
    public void Foreign_text_never_throws_and_is_never_a_key()
    {
        var random = new Random(42);
        var good = ApiKeyText.Create(Acme, Seeded(1)).Reveal();
        for (var i = 0; i < 50_000; i++)
        {
            var text = Mutated(good, random);
            if (text != good)
                Assert.False(ApiKeyText.TryParse(text, out _), text);
        }
    }

    [Fact]
    public void Bytes_that_would_favour_some_digits_are_thrown_away()
    {
        byte next = 247;
        var key = ApiKeyText.Create(Acme, buffer =>
        {
            foreach (ref var b in buffer)
                b = next++;
        });
        // 248 to 255 leave no digit, 247 is the last that does: 247 % 62 = 61.
        Assert.StartsWith("acme_api_z0123456789ABC", key.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_digit_is_as_likely_as_any_other()
    {
        var counts = new Dictionary<char, int>();
        var fill = Seeded(7);
        for (var i = 0; i < 5_000; i++)
        {
            foreach (var c in ApiKeyText.Create(Acme, fill).Reveal()[9..41])
                counts[c] = counts.GetValueOrDefault(c) + 1;
        }

        // 160,000 draws, 2,581 expected of each with a standard deviation of 50; modulo bias would give eight of them 3,125.
        Assert.Equal(62, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 2_331, 2_831));
    }

    [Fact]
    public void A_key_shows_its_last_four_characters_only()
    {
        var key = ApiKeyText.Create(Acme, Seeded(1));
        Assert.Equal($"****{key.Reveal()[^4..]}", $"{key}");
    }

    [Fact]
    public void A_key_that_was_never_made_reveals_nothing() =>
        Assert.Throws<InvalidOperationException>(() => default(ApiKeyText).Reveal());

    [Fact]
    public void The_reference_here_is_crc_32c() => Assert.Equal(0xe3069283, ReferenceCrc("123456789"));

    /// <summary>Bit by bit from the definition: reflected polynomial 82f63b78, all ones before and after.</summary>
    private static uint ReferenceCrc(string text)
    {
        var crc = ~0u;
        foreach (var c in text)
        {
            crc ^= (byte)c;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }

        return ~crc;
    }

    private static string ReferenceChecksum(string body)
    {
        const string digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = "";
        for (ulong rest = ReferenceCrc(body); rest > 0; rest /= 62)
            text = digits[(int)(rest % 62)] + text;
        return text.PadLeft(6, '0');
    }

    private static string Mutated(string text, Random random)
    {
        var characters = text.ToList();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(characters.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    characters.Insert(at, (char)random.Next(0x0, 0x10000));
                    break;
                case 1 when at < characters.Count:
                    characters[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 2 when at < characters.Count:
                    characters.RemoveRange(at, Math.Min(random.Next(1, 20), characters.Count - at));
                    break;
            }
        }

        return string.Concat(characters);
    }

    private static void Zeros(Span<byte> buffer) => buffer.Clear();

    private static Action<Span<byte>> Seeded(int seed)
    {
        var random = new Random(seed);
        return buffer => random.NextBytes(buffer);
    }
}
