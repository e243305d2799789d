using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

/// <summary>Mutations of good bytes, with a fixed seed. The keys differ from run to run, the mutations do not.</summary>
public sealed class FuzzTests
{
    // What parsers stumble over comes up more often than chance would have it.
    private const string Interesting = ".=-_ \"\\{}[],:019eEnullAQ+/%\0\n\u007f\u0080\u00c3\u00ff";

    [Theory, InlineData(JwsAlgorithm.ES256, 1), InlineData(JwsAlgorithm.RS256, 2), InlineData(JwsAlgorithm.PS512, 3)]
    public void No_changed_token_is_accepted_and_none_makes_the_verifier_throw(JwsAlgorithm algorithm, int seed)
    {
        var chance = new Random(seed);
        using var key = Key(algorithm).PublicJwk(Kid(1)).Import();
        var good = Encoding.ASCII.GetBytes(Token(Key(algorithm), Kid(1)));
        Accepted(AccessTokenVerifier.Verify(good, [key], Expected, Now));

        for (var i = 0; i < 10_000; i++)
        {
            var bad = Mutate(good, chance);
            if (bad.AsSpan().SequenceEqual(good))
                continue;

            // Not only the signed bytes: a token has one spelling, so no change at all survives.
            Assert.NotNull(Fault(AccessTokenVerifier.Verify(bad, [key], Expected, Now)));
            Assert.NotNull(Fault(AccessTokenVerifier.Verify(Encoding.Latin1.GetString(bad), [key], Expected, Now)));
        }
    }

    [Fact]
    public void No_payload_makes_the_verifier_throw_though_it_is_signed()
    {
        var chance = new Random(4);
        var signer = Key(JwsAlgorithm.ES256);
        using var key = signer.PublicJwk(Kid(1)).Import();
        var parts = Token(signer, Kid(1)).Split('.');
        var (accepted, refused) = (0, 0);

        for (var i = 0; i < 5_000; i++)
        {
            var input = $"{parts[0]}.{Encode(Mutate(Decode(parts[1]), chance))}";
            var verdict = AccessTokenVerifier.Verify($"{input}.{Encode(Samples.Signature(signer, input))}", [key], Expected, Now);

            // What is accepted in spite of the change differs in a claim that nobody expects anything of.
            if (verdict.TryGet(out var token, out _))
            {
                accepted++;
                Assert.Equal((Issuer, true), (token.Claims.Issuer, token.Claims.Audiences.Contains(Audience)));
                Assert.True(token.Claims.NotBefore <= Now + Expected.Skew && token.Claims.ExpiresAt > Now - Expected.Skew);
            }
            else
            {
                refused++;
            }
        }

        Assert.True(accepted > 100 && refused > 1000, $"{accepted} accepted, {refused} refused: the mutations miss their point");
    }

    [Fact]
    public void No_header_makes_the_parser_throw()
    {
        var chance = new Random(5);
        var good = Encoding.ASCII.GetBytes($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{Kid(1)}}"}""");

        for (var i = 0; i < 10_000; i++)
        {
            var parsed = CompactJws.TryParse(Encoding.ASCII.GetBytes($"{Encode(Mutate(good, chance))}.e30.AA"), out var jws, out var fault);
            Assert.Equal(parsed, fault is null);
            Assert.Equal(parsed, jws.Header is not null);
        }
    }

    [Theory, InlineData(JwsAlgorithm.ES256, 6), InlineData(JwsAlgorithm.ES512, 7), InlineData(JwsAlgorithm.RS256, 8)]
    public void A_changed_JWK_is_refused_or_is_another_key_that_reads_back(JwsAlgorithm algorithm, int seed)
    {
        var chance = new Random(seed);
        var good = Encoding.ASCII.GetBytes(Json(Key(algorithm).PublicJwk(Kid(1))));

        for (var i = 0; i < 5_000; i++)
        {
            var bytes = Mutate(good, chance);
            if (!Jwk.TryParse(bytes, out var jwk))
                continue;

            Assert.Equal(jwk, Parse(Json(jwk)));

            // On another point of the curve is only who changed both coordinates, so an EC key has the old numbers.
            if (jwk.KeyType == "EC")
                Assert.Equal(Key(algorithm).PublicJwk(jwk.Kid).Parameters, jwk.Parameters);
        }
    }

    [Fact]
    public void No_JWK_set_makes_the_parser_throw_anything_but_what_it_says()
    {
        var chance = new Random(9);
        var good = JwkSet.Write([Key(JwsAlgorithm.ES256).PublicJwk(Kid(1)), Key(JwsAlgorithm.ES384).PublicJwk(Kid(2))]);

        for (var i = 0; i < 5_000; i++)
        {
            try
            {
                JwkSet.Parse(Mutate(good, chance));
            }
            catch (FormatException)
            {
            }
        }
    }

    /// <summary>One to three changes: a bit, a byte, a piece taken out, doubled, moved or cut off.</summary>
    private static byte[] Mutate(byte[] good, Random chance)
    {
        var bytes = good.ToList();
        for (var change = chance.Next(1, 4); change > 0 && bytes.Count > 1; change--)
        {
            var at = chance.Next(bytes.Count);
            var length = Math.Min(chance.Next(1, 12), bytes.Count - at);
            switch (chance.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << chance.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)Interesting[chance.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.Insert(at, (byte)Interesting[chance.Next(Interesting.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(chance.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes[at] = (byte)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[chance.Next(64)];
                    break;
                default:
                    if (chance.Next(10) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
