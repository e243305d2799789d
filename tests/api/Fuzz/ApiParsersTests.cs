using System.Text;
using Tumbler.Api.Json;
using Tumbler.Api.Keys;
using Tumbler.Api.Requests;
using Tumbler.Api.Tokens;
using Tumbler.Tests.Fuzz;

namespace Tumbler.Api.Tests.Fuzz;

/// <summary>What reads bytes of strangers at the edge says yes or no.</summary>
public sealed class ApiParsersTests
{
    [Fact]
    public void Forms_of_token_requests() => Fuzzer.Run(
        ["grant_type=client_credentials&scope=read%20write&client_id=a&client_secret=b&resource=https%3A%2F%2Fapi.example", "grant_type=client+credentials&&x"],
        text => _ = TokenForm.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

    [Fact]
    public void Basic_credentials() => Fuzzer.Run(
        ["Basic YTpi", "Basic MGY4ZmFkNWI6YWNtZV9hcGlfMDEyMw==", "basic  %3A"],
        text => _ = BasicCredentials.TryParse(text, out _, out _));

    [Fact]
    public void Bodies() => Fuzzer.Run(
        [
            """{"slug":"acme","name":"Acme \u00e9","email":"ops@acme.example"}""",
            """{"name":"x","scopes":["a","b"],"audiences":[],"expires_at":null}""",
            """{"interval":"PT24H","allow_short_lead":true,"rsa_bits":2048}""",
        ],
        text =>
        {
            var body = Encoding.UTF8.GetBytes(text);
            StrictJson.Read(body, ApiJson.Default.CreateOrganization);
            StrictJson.Read(body, ApiJson.Default.CreateApiKey);
            StrictJson.Read(body, ApiJson.Default.PutRing);
        });

    [Fact]
    public void Accepted_encodings() => Fuzzer.Run(
        ["gzip, deflate;q=0.5, br;q=0", "*;q=0.001", "gzip;q=1.000"],
        text => _ = AcceptEncoding.AllowsGzip(text));
}
