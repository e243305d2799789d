using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Protection;

public class ProtectionRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Fact]
    public async Task The_status_shows_each_certificate_with_what_depends_on_it()
    {
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/protection");
        Assert.Equal(
            """{"certificates":[{"subject":"CN=kek","thumbprint":"ab12","not_after":"2031-02-03T04:05:06.789Z","role":"recipient_only","keys":3,"needed_by":2}],"keys":5,"outdated_keys":1,"unreadable_keys":4}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_rewrap_answers_what_it_did_and_takes_an_idempotency_key()
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/admin/protection/rewrap", null, ("Idempotency-Key", "once"));
        Assert.Equal(
            """{"rings":7,"rewrapped":3,"already_current":2,"failed_total":1,"failed":[{"ring":"default","kid":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","reason":"It is damaged."}]}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("once", edge.Protection.LastCall!.IdempotencyKey);
    }
}
