using System.Net;
using Tumbler.Api.Configuration;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Configuration;

public sealed class ConfigRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Fact]
    public async Task Settings_are_shown_to_administrators_with_their_sources()
    {
        edge.Settings.Replace(new ConfigView("silo-1", "production", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            [new("Admin:Key", "****6789", "file /run/secrets/admin", true), new("Audit:Origin", null, "default", false)]));

        using var anonymous = await edge.Send("GET", "/api/v1/admin/config");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/config");
        Assert.Equal(
            """{"node":"silo-1","environment":"production","read_at":"2026-03-01T12:00:00.000Z","settings":[{"name":"Admin:Key","value":"****6789","source":"file /run/secrets/admin","secret":true},{"name":"Audit:Origin","value":null,"source":"default","secret":false}]}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
