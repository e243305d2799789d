using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Tumbler.Core.Privacy;

namespace Tumbler.Core.Tests.Privacy;

public sealed class TextRedactionTests
{
    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Base64Url = Base62 + "-_";

    private static readonly string Der = Convert.ToBase64String(RSA.Create(2048).ExportPkcs8PrivateKey());

    private static readonly string Pem = RSA.Create(2048).ExportPkcs8PrivateKeyPem();

    /// <summary>What may stand beside a secret, or in its place.</summary>
    private static readonly string[] Neighbours =
    [
        "", " ", "\n", "\t", "\"", "'", ",", ";", ":", "=", "(", ")", "{", "}", "[", "]", "<", ">", "/", "//", "\\", "\\\"", ".", "..", "-", "_", "+", "&",
        "?", "#", "@", "%20", "\0", "a", "Z", "9", "Б", "́", "👩‍👩‍👧", "\ud83d", "\udc4d", "‮", "شكرا", "eyJ", "_api_", "-----", "-----BEGIN ", "-----END ",
        "password", "password=", "token: ", "Bearer ", "Basic ", "bearer", "https://", "user:", "ann@example.com", "+49 151 23456789", "****", "***", "И*** ",
        "\"secret\":\"", "{\\\"api_key\\\":\\\"", "phone=", "фио=", "MII", "hvs.", "key", "null", "   ",
    ];

    [Theory]
    [InlineData("refused acme_api_0123456789abcdefghijABCDEFGHIJ0123456789 from 192.0.2.1", "refused ****6789 from 192.0.2.1")]
    [InlineData("Authorization: Bearer abcdefgh", "Authorization: Bearer ****")]
    [InlineData("Authorization: Basic dXNlcjpwYXNzd29yZA==", "Authorization: Basic ****ZA==")]
    [InlineData("Basic authentication is not offered", "Basic authentication is not offered")]
    [InlineData("Host=db;Username=me;Password=correct horse;Port=5", "Host=db;Username=me;Password=**** horse;Port=5")]
    [InlineData("Host=db;Password='correct horse';Port=5", "Host=db;Password='****';Port=5")]
    [InlineData("redis:6379,password=correcthorse,ssl=true", "redis:6379,password=****,ssl=true")]
    [InlineData("""{"password":"a \"quoted\" one","user":"me"}""", """{"password":"**** one","user":"me"}""")]
    [InlineData("""{\"password\":\"correct horse\",\"user\":\"me\"}""", """{\"password\":\"****\",\"user\":\"me\"}""")]
    [InlineData("postgres://me:correct@db:5432/x", "postgres://me:****@db:5432/x")]
    [InlineData("mail to ann.smith@example.com, please", "mail to a***@example.com, please")]
    [InlineData("call +49 (151) 234-56789 now", "call ****6789 now")]
    [InlineData("phone: 8 800 555 35 35, fax", "phone: ****5 35, fax")]
    [InlineData("фио: Иванов Иван Иванович; возраст 30", "фио: И*** И*** И***; возраст 30")]
    [InlineData("hvs.CAESIJk8Pxieg6Oyf9c92rl0S5j", "****0S5j")]
    [InlineData("signed eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.", "signed ****In0.")]
    public void What_must_not_be_shown_is_hidden(string text, string shown) => Assert.Equal(shown, Redaction.Text(text));

    [Theory]
    [InlineData("12:00:00.000 info: Ring default: signing key 5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51, next switch at 2026-01-01T00:00:00+00:00")]
    [InlineData("The data directory '/tmp/tumbler-story-QtW0bC/data/exports/2026-01-01/5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51' is in use")]
    [InlineData("   at Tumbler.Engine.Keepers.Keeper`2.Attempt[TAnswer](Decide`2 decide, RepeatableRequest request) in /src/engine/Keeper.cs:line 58")]
    [InlineData("certificate 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08 expires 2027-01-01")]
    [InlineData("S127.0.0.1:11111:152345678 did not answer; token_type=Bearer, 1234567890123 bytes")]
    public void Ordinary_lines_are_left_alone(string text) => Assert.Equal(text, Redaction.Text(text));

    [Fact]
    public void No_secret_survives_in_any_place_beside_anything()
    {
        var chance = new Random(20261121);
        for (var round = 0; round < 40_000; round++)
        {
            var (kind, planted, secret) = Plant(chance);
            var text = new StringBuilder();
            var place = chance.Next(6);
            for (var i = 0; i < 6; i++)
                text.Append(i == place ? planted : Neighbours[chance.Next(Neighbours.Length)]);

            var shown = Redaction.Text(text.ToString());

            // Five in a row of what was drawn would be more than its end.
            Assert.True(!Reveals(shown, secret), $"{kind}: {text} → {shown}");
            AssertHarmless(text.ToString(), shown);
        }
    }

    [Fact]
    public void A_private_key_is_hidden_to_its_last_line_and_to_the_texts_end_when_it_has_none()
    {
        Assert.Equal("before **** after", Redaction.Text($"before {Pem} after"));
        Assert.Equal("before****", Redaction.Text($"before{Pem[..^60]}"));
        Assert.Equal("key=**** after", Redaction.Text($"key={Pem.ReplaceLineEndings("\\n")} after"));
        var certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
        Assert.Equal(certificate, Redaction.Text(certificate));
    }

    [Fact]
    public void Whatever_it_is_given_it_is_bounded_and_done_with_it_the_second_time()
    {
        var chance = new Random(20261122);
        for (var round = 0; round < 40_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(12)).Select(_ => Neighbours[chance.Next(Neighbours.Length)]));
            AssertHarmless(text, Redaction.Text(text));
            var name = Redaction.Name(text);
            Assert.Equal(name, Redaction.Name(name));
            var identifier = Redaction.Identifier(text);
            Assert.Equal(identifier, Redaction.Identifier(identifier));
        }
    }

    /// <summary>Each of these would take a backtracking search minutes.</summary>
    [Theory]
    [InlineData("eyJ")]
    [InlineData("eyJ.")]
    [InlineData("_api_")]
    [InlineData("MII")]
    [InlineData("hvs")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("@a.")]
    [InlineData("://")]
    [InlineData("://a:")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN A-----")]
    [InlineData("password=\"")]
    [InlineData("password='\\")]
    [InlineData("password=")]
    [InlineData("phone=1 ")]
    [InlineData("Bearer ")]
    [InlineData("+1 ")]
    [InlineData("é")]
    [InlineData("👩‍")]
    public void A_hostile_text_takes_time_in_proportion_to_its_length(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length));
        var watch = Stopwatch.StartNew();

        Redaction.Text(text);

        // In proportion it is a fraction of a second, in its square hours; in between is room for a machine that does other things.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{watch.Elapsed} for two million characters");
    }

    private static void AssertHarmless(string text, string shown)
    {
        Assert.True(shown.Length <= 2 * text.Length + 4, $"{text} → {shown}");
        var again = Redaction.Text(shown);
        Assert.True(again == shown, $"{text} → {shown} → {again}");
    }

    private static bool Reveals(string shown, string secret)
    {
        for (var i = 0; i + 12 <= secret.Length; i++)
        {
            if (shown.Contains(secret.Substring(i, 12), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>As it stands in a text, and what of it must not be seen.</summary>
    private static (string Kind, string Text, string Secret) Plant(Random chance)
    {
        var drawn = Drawn(chance, Base64Url, 43);
        var random = Drawn(chance, Base62, 38);
        var jwt = $"eyJ{Drawn(chance, Base64Url, 30)}.eyJ{Drawn(chance, Base64Url, 60)}.{Drawn(chance, Base64Url, 86)}";
        return chance.Next(9) switch
        {
            0 => ("API key", $"acme_api_{random}", random),
            1 => ("JWT", jwt, jwt),
            2 => ("token without signature", jwt[..jwt.LastIndexOf('.')], jwt[..jwt.LastIndexOf('.')]),
            3 => ("admin key", $" {drawn} ", drawn),
            4 => ("bearer", $"Bearer {drawn[..20]}", drawn[..20]),
            5 => ("password", $"password=\"{drawn[..16]}\"", drawn[..16]),
            6 => ("secret in JSON", $"\"client_secret\": \"{drawn[..24]}\"", drawn[..24]),
            7 => ("private key", Pem, Pem[40..]),
            _ => ("key in DER", Der, Der),
        };
    }

    private static string Drawn(Random chance, string alphabet, int length)
    {
        // As the generator of secrets would: with some of each kind.
        while (true)
        {
            var drawn = string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[chance.Next(alphabet.Length)]));
            if (drawn.Count(char.IsAsciiDigit) >= 3 && drawn.Count(char.IsAsciiLetterUpper) >= 3 && drawn.Count(char.IsAsciiLetterLower) >= 3)
                return drawn;
        }
    }
}
