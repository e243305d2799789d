using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Contracts.Tests.Input;

public class InputCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly InputCheck check = new();

    [Fact]
    public void Good_values_come_back_and_leave_no_error()
    {
        Assert.Equal("acme", check.Slug("slug", "acme"));
        Assert.Equal("Acme Ltd. 株式会社", check.Name("name", "Acme Ltd. 株式会社"));
        Assert.Equal("moved away", check.Reason("reason", "moved away"));
        Assert.Equal(["read", "write"], check.Scopes("scopes", ["read", "write"]));
        Assert.Equal(["urn:a"], check.Audiences("audiences", ["urn:a"]));
        Assert.Equal(["10.0.0.0/8"], check.AddressBlocks("allowed_addresses", ["10.0.0.0/8"]));
        Assert.Equal(TimeSpan.FromMinutes(10), check.Duration("overlap", "PT10M", TimeSpan.Zero, TimeSpan.FromDays(7)));
        Assert.Equal(OrganizationStatus.Suspended, check.OneOf<OrganizationStatus>("status", "suspended"));
        Assert.Equal(JwsAlgorithm.ES256, check.OneOf<JwsAlgorithm>("algorithm", "ES256"));
        Assert.False(check.Failed);
    }

    [Fact]
    public void The_first_twenty_errors_are_enough()
    {
        for (var i = 0; i < 15_000; i++)
            check.Add($"f{i}", "unknown_field", "It is no field.");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"f{i}"), check.Refusal.Fields.Select(error => error.Field));
    }

    [Fact]
    public void An_email_is_kept_in_lower_case() => Assert.Equal("ann@example.com", check.Email("email", "Ann@Example.COM"));

    [Fact]
    public void Optional_values_may_be_absent()
    {
        Assert.Null(check.Reason("reason", null));
        Assert.Null(check.Duration("overlap", null, TimeSpan.Zero, TimeSpan.MaxValue));
        Assert.Null(check.FutureTime("expires_at", null, Now));
        Assert.Null(check.Time("from", null));
        Assert.Null(check.OneOf<OrganizationStatus>("status", null));
        Assert.Empty(check.Scopes("scopes", null));
        Assert.False(check.Failed);
    }

    [Fact]
    public void Every_error_is_collected_with_its_field_and_rule()
    {
        check.Slug("slug", "no");
        check.Name("name", null);
        check.Email("email", "nobody");
        check.Scopes("scopes", ["read", "two words"]);

        Assert.True(check.Failed);
        Assert.Equal(ErrorCode.InvalidInput, check.Refusal.Code);
        Assert.Equal(
            [("slug", "slug"), ("name", "required"), ("email", "email"), ("scopes[1]", "scope")],
            check.Refusal.Fields.Select(error => (error.Field, error.Rule)));
        Assert.All(check.Refusal.Fields, error => Assert.StartsWith(error.Field, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00a0\u2003")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[31m")]
    [InlineData("a\u0085")]
    [InlineData("a\u0000")]
    public void A_name_is_text_that_can_be_shown(string name) => Refused(() => check.Name("name", name), "name", "name");

    [Fact]
    public void A_name_holds_no_half_of_a_character() =>
        Refused(() => check.Name("name", "a" + '\ud83d'), "name", "name");

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.Equal(100, check.Name("name", new string('n', 100)).Length);
        Refused(() => check.Name("name", new string('n', 101)), "name", "name");
    }

    [Fact]
    public void A_reason_has_at_most_200_characters()
    {
        Assert.Equal(200, check.Reason("reason", new string('r', 200))!.Length);
        Refused(() => check.Reason("reason", new string('r', 201)), "reason", "reason");
    }

    [Fact]
    public void A_list_has_at_most_100_items()
    {
        Assert.Equal(100, check.Scopes("scopes", [.. Enumerable.Range(0, 100).Select(i => $"s{i}")]).Count);
        Refused(() => check.Scopes("scopes", [.. Enumerable.Range(0, 101).Select(i => $"s{i}")]), "scopes", "list_length");
    }

    [Fact]
    public void A_list_names_nothing_twice() => Refused(() => check.Scopes("scopes", ["a", "b", "a"]), "scopes", "distinct");

    [Fact]
    public void A_list_holds_no_null() => Refused(() => check.Audiences("audiences", [null!]), "audiences[0]", "required");

    [Fact]
    public void An_audience_names_its_rule() => Refused(() => check.Audiences("audiences", ["x"]), "audiences[0]", "audience");

    [Fact]
    public void An_address_block_names_its_rule() =>
        Refused(() => check.AddressBlocks("allowed_addresses", ["10.0.0.1/8"]), "allowed_addresses[0]", "address_block");

    [Theory]
    [InlineData("PT1M", true)]
    [InlineData("PT1H", true)]
    [InlineData("PT59S", false)]
    [InlineData("PT3601S", false)]
    [InlineData("01:00:00", false)]
    public void A_duration_stays_within_its_limits(string text, bool valid)
    {
        var duration = check.Duration("overlap", text, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Assert.Equal(valid, duration is not null);
        Assert.Equal(!valid, check.Failed);
    }

    [Fact]
    public void A_duration_names_its_limits()
    {
        check.Duration("overlap", "P8D", TimeSpan.Zero, TimeSpan.FromDays(7));
        Assert.Contains("from PT0S to PT168H", check.Refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2030-01-31T12:00:00Z", "2030-01-31T12:00:00")]
    [InlineData("2030-01-31T12:00:00.5Z", "2030-01-31T12:00:00.5")]
    [InlineData("2030-01-31T12:00:00.1234567Z", "2030-01-31T12:00:00.1234567")]
    [InlineData("2030-01-31T12:00:00+02:00", "2030-01-31T10:00:00")]
    [InlineData("2030-01-31T12:00:00.25-03:30", "2030-01-31T15:30:00.25")]
    [InlineData("2030-01-31T12:00:00-00:00", "2030-01-31T12:00:00")]
    public void A_time_is_read_as_utc(string text, string utc)
    {
        var time = check.Time("from", text);
        Assert.Equal(DateTimeOffset.Parse(utc + "Z"), time);
        Assert.Equal(TimeSpan.Zero, time!.Value.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2030-01-31")]
    [InlineData("2030-01-31T12:00:00")]
    [InlineData("2030-01-31T12:00Z")]
    [InlineData("2030-01-31 12:00:00Z")]
    [InlineData("2030-02-30T12:00:00Z")]
    [InlineData("2030-01-31T24:00:00Z")]
    [InlineData("2030-01-31T12:00:60Z")]
    [InlineData("2030-01-31T12:00:00.Z")]
    [InlineData("2030-01-31T12:00:00,5Z")]
    [InlineData("2030-01-31T12:00:00+2")]
    [InlineData("2030-01-31T12:00:00+02")]
    [InlineData("2030-01-31T12:00:00+2:00")]
    [InlineData("2030-01-31T12:00:00+0200")]
    [InlineData("2030-01-31T12:00:00+99:00")]
    [InlineData("2030-01-31T12:00:00+02:99")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData(" 2030-01-31T12:00:00Z")]
    [InlineData("2030-01-31T12:00:00Z ")]
    [InlineData("2030-01-31T12:00:00 Z")]
    [InlineData("2030-01-31T12:00:00 +02:00")]
    [InlineData("2030-01-31T12:00:00Z\n")]
    [InlineData("tomorrow")]
    public void A_time_is_rfc_3339_with_an_offset(string text) => Refused(() => check.Time("from", text), "from", "time");

    [Theory]
    [InlineData("2026-11-21T09:00:00Z")]
    [InlineData("2026-11-21T10:00:00+01:00")]
    [InlineData("2020-01-01T00:00:00Z")]
    public void A_future_time_is_after_now(string text) =>
        Refused(() => check.FutureTime("expires_at", text, Now), "expires_at", "future_time");

    [Fact]
    public void A_future_time_is_taken_from_the_next_second()
    {
        Assert.Equal(Now.AddSeconds(1), check.FutureTime("expires_at", "2026-11-21T09:00:01Z", Now));
        Assert.False(check.Failed);
    }

    [Fact]
    public void A_future_time_that_is_no_time_is_called_so() =>
        Refused(() => check.FutureTime("expires_at", "soon", Now), "expires_at", "time");

    [Theory]
    [InlineData("Suspended")]
    [InlineData("SUSPENDED")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("gone")]
    public void A_name_of_an_enumeration_is_written_as_on_the_wire(string text)
    {
        Refused(() => check.OneOf<OrganizationStatus>("status", text), "status", "one_of");
        Assert.Contains("active, suspended", check.Refusal.Message, StringComparison.Ordinal);
    }

    private void Refused(Action read, string field, string rule)
    {
        read();
        var error = Assert.Single(check.Refusal.Fields);
        Assert.Equal((field, rule), (error.Field, error.Rule));
    }
}
