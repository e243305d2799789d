using System.Buffers;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class AccessTokenWriterTests
{
    public static TheoryData<JwsAlgorithm> Algorithms => new(Enum.GetValues<JwsAlgorithm>());

    [Theory, MemberData(nameof(Algorithms))]
    public void The_header_has_exactly_alg_typ_and_kid(JwsAlgorithm algorithm) =>
        Assert.Equal(
            $$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{Kid(1)}}"}""",
            Text(Token(Key(algorithm), Kid(1)).Split('.')[0]));

    [Fact]
    public void The_payload_has_exactly_the_claims_of_the_profile()
    {
        var now = Now.ToUnixTimeSeconds();

        Assert.Equal(
            $$"""
            {"iss":"{{Issuer}}","sub":"acme","aud":"{{Audience}}","client_id":"0b6a3b9a-3f0c-4f57-9a60-6ad6f3f1b3c1",
            "scope":"orders:read orders:write","org":"acme","jti":"4d3c2b1a-0000-4000-8000-00000000abcd",
            "iat":{{now}},"nbf":{{now}},"exp":{{now + 300}}}
            """.ReplaceLineEndings(""),
            Payload(Claims));
    }

    [Fact]
    public void Several_audiences_are_an_array_and_one_is_a_string()
    {
        Assert.Contains($"\"aud\":\"{Audience}\",", Payload(Claims), StringComparison.Ordinal);
        Assert.Contains(
            $"\"aud\":[\"{Audience}\",\"urn:b\"],", Payload(Claims with { Audiences = [Audience, "urn:b"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_without_scopes_has_no_scope() =>
        Assert.DoesNotContain("scope", Payload(Claims with { Scope = "" }), StringComparison.Ordinal);

    [Fact]
    public void Times_are_whole_seconds()
    {
        var payload = Payload(Claims with { IssuedAt = Now.AddMilliseconds(999), ExpiresAt = Now.AddSeconds(60.5).ToOffset(TimeSpan.FromHours(3)) });

        Assert.Contains($"\"iat\":{Now.ToUnixTimeSeconds()},", payload, StringComparison.Ordinal);
        Assert.Contains($"\"exp\":{Now.ToUnixTimeSeconds() + 60}}}", payload, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"},\"sub\":\"root")]
    [InlineData("a\\b\n\0\u2028<script>+&")]
    [InlineData("Ünïcode 你好 😀")]
    public void Any_text_comes_back_as_it_was(string text)
    {
        using var json = JsonDocument.Parse(Payload(Claims with { Subject = text }));

        Assert.Equal(text, json.RootElement.GetProperty("sub").GetString());
        Assert.Equal(10, json.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public void A_token_is_appended_to_what_the_buffer_holds()
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("{\"access_token\":\""u8);

        AccessTokenWriter.Write(AccessTokenWriter.HeaderSegment(Kid(1), JwsAlgorithm.RS256), Claims, Key(JwsAlgorithm.RS256), buffer);

        // RS256 gives the same signature each time.
        Assert.Equal("{\"access_token\":\"" + Token(Key(JwsAlgorithm.RS256), Kid(1)), Encoding.ASCII.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void A_failed_token_leaves_nothing_behind_for_the_next_one()
    {
        var expected = Token(Key(JwsAlgorithm.RS256), Kid(1));

        Assert.Throws<NullReferenceException>(() => Token(Key(JwsAlgorithm.RS256), Kid(1), Claims with { Audiences = null! }));

        Assert.Equal(expected, Token(Key(JwsAlgorithm.RS256), Kid(1)));
    }

    [Theory, InlineData(JwsAlgorithm.ES256), InlineData(JwsAlgorithm.RS256)]
    public void A_token_allocates_under_1_KiB_besides_signing(JwsAlgorithm algorithm)
    {
        var key = Key(algorithm);
        var header = AccessTokenWriter.HeaderSegment(Kid(1), algorithm);
        var buffer = new ArrayBufferWriter<byte>(2048);
        var (data, signature) = (new byte[512], new byte[key.SignatureSize]);

        var token = Allocated(() =>
        {
            buffer.ResetWrittenCount();
            AccessTokenWriter.Write(header, Claims, key, buffer);
        });
        var signing = Allocated(() => key.Sign(data, signature));

        Assert.InRange(token - signing, 0, 1024);
    }

    /// <summary>Bytes per run, warmed up.</summary>
    private static long Allocated(Action run)
    {
        const int runs = 100;
        for (var i = 0; i < runs; i++)
            run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < runs; i++)
            run();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / runs;
    }

    private static string Payload(AccessTokenClaims claims) => Text(Token(Key(JwsAlgorithm.ES256), Kid(1), claims).Split('.')[1]);

    private static string Text(string segment) => Encoding.UTF8.GetString(Decode(segment));
}
