using System.Collections.Frozen;
using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Migration;
using Tumbler.Core.Migration;
using Tumbler.Engine.Migration;

namespace Tumbler.Api.Tests.Migration;

public sealed class MigrationRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Key = "a-shared-key-of-the-old-days";

    [Fact]
    public async Task The_report_is_for_administrators()
    {
        edge.Migration.View = new MigrationView(
            MigrationPhase.JwtPreferred, [new("https://a.example", MigrationPhase.JwtOnly)], new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), ["billing"],
            [new("billing", null, 3, 1, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 2)], 1, [new("a", null)]);

        using var anonymous = await edge.Send("GET", "/api/v1/admin/migration");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/migration");
        Assert.Equal(
            """{"phase":"jwt_preferred","services":[{"service":"https://a.example","phase":"jwt_only"}],"sunset":"2027-01-31T00:00:00.000Z","clients":["billing"],"uses":[{"client":"billing","service":null,"accepted":3,"refused":1,"last_used_at":"2026-03-01T12:00:00.000Z","addresses":2}],"uses_total":1,"silos":[{"name":"a","since":null}]}""",
            await Body(response));
    }

    [Theory]
    [InlineData(MigrationPhase.Dual, """{"valid":true,"reason":null,"org":null,"key_id":null,"scopes":null,"shared_key":"billing"}""", null, null)]
    [InlineData(MigrationPhase.JwtPreferred, """{"valid":true,"reason":null,"org":null,"key_id":null,"scopes":null,"shared_key":"billing"}""", "@1767225600", "Sun, 31 Jan 2027 00:00:00 GMT")]
    [InlineData(MigrationPhase.JwtOnly, """{"valid":false,"reason":"invalid_key","org":null,"key_id":null,"scopes":null,"shared_key":null}""", null, null)]
    public async Task A_shared_key_is_verified_as_its_services_phase_says(MigrationPhase phase, string body, string? deprecation, string? sunset)
    {
        edge.SharedKeys.Replace(new SharedKeySetup(
            new MigrationPlan(
                MigrationPhase.Dual, new Dictionary<string, MigrationPhase> { ["https://a.example"] = phase }.ToFrozenDictionary(),
                new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero)),
            new Dictionary<string, string> { ["billing"] = Key }));

        using var response = await edge.Send("POST", "/api/v1/api-keys/verify", $$"""{"key":"{{Key}}","audience":"https://a.example"}""");

        Assert.Equal((HttpStatusCode.OK, body), (response.StatusCode, await Body(response)));
        Assert.Equal((deprecation, sunset), (Header(response, "Deprecation"), Header(response, "Sunset")));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("7")]
    public async Task An_audience_that_is_none_is_refused(string audience)
    {
        using var response = await edge.Send("POST", "/api/v1/api-keys/verify", $$"""{"key":"x","audience":{{audience}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"field\":\"audience\"", await Body(response), StringComparison.Ordinal);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : response.Content.Headers.TryGetValues(name, out values) ? values.Single() : null;

    private static Task<string> Body(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
