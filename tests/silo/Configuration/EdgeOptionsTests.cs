using System.Net;
using Tumbler.Contracts.Limits;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class EdgeOptionsTests : IDisposable
{
    private const string QuotaRuleText = "must be off, or a number from 1 to 1,000,000 and a duration from PT1S to PT24H, such as 100/1m";

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void The_edge_is_closed_by_default()
    {
        var edge = start.Read()!.Edge;

        Assert.Empty(edge.Cors.Origins);
        Assert.Equal((TimeSpan.FromDays(365), true), (edge.Headers.HstsMaxAge, edge.Headers.HstsSubDomains));
        Assert.Equal(new QuotaRule(100, TimeSpan.FromMinutes(1)), edge.Limits.Admin);
        Assert.Empty(edge.Limits.Routes);
        Assert.Equal(new QuotaRule(60, TimeSpan.FromMinutes(1)), edge.FailedAuthentication);
        Assert.Null(edge.Telemetry.MetricsToken);
        Assert.False(edge.Telemetry.AllowedAddresses.Contains(IPAddress.Loopback));
        Assert.False(edge.Telemetry.HealthDetailsClosed);
    }

    [Fact]
    public void Limits_are_numbers_in_durations_or_off()
    {
        var edge = start.Read(
            "--Limits:Admin=5/10s", "--Limits:Routes:post-oauth2-token=1000/PT1M", "--Limits:Routes:GET-organizations=off",
            "--Limits:PerAddress:FailedAuthentication=off")!.Edge;

        Assert.Equal(new QuotaRule(5, TimeSpan.FromSeconds(10)), edge.Limits.Admin);
        Assert.Equal(new QuotaRule(1000, TimeSpan.FromMinutes(1)), edge.Limits.Routes["post-oauth2-token"]);
        Assert.Null(edge.Limits.Routes["get-organizations"]);
        Assert.Null(edge.FailedAuthentication);
    }

    [Theory]
    [InlineData("Limits:Admin", "100", QuotaRuleText)]
    [InlineData("Limits:Admin", "0/1m", QuotaRuleText)]
    [InlineData("Limits:Admin", "-1/1m", QuotaRuleText)]
    [InlineData("Limits:Admin", "1000001/1m", QuotaRuleText)]
    [InlineData("Limits:Admin", "5/25h", QuotaRuleText)]
    [InlineData("Limits:Admin", "5/0s", QuotaRuleText)]
    [InlineData("Limits:Admin", "5/1m/2", QuotaRuleText)]
    [InlineData("Limits:Admin", "none", QuotaRuleText)]
    [InlineData("Limits:PerAddress:FailedAuthentication", "many", QuotaRuleText)]
    [InlineData("Limits:Routes:post-oauth2-tokn", "5/1m", "there is no such route; did you mean post-oauth2-token?")]
    [InlineData("Limits:Routes:get-organizations", "x", QuotaRuleText)]
    [InlineData("Telemetry:MetricsToken", "short", "must be at least 32 characters of A-Z, a-z, 0-9, _ and -")]
    [InlineData("Telemetry:AllowedAddresses", "prometheus", "prometheus must be an address or a CIDR block such as 10.0.0.0/8 or fd00::/8")]
    [InlineData("Health:Details", "nobody", "must be anyone or authorized")]
    [InlineData("Headers:Hsts:MaxAge", "800d", "must be a duration from PT0S to PT17520H, such as 90s, 5m or PT1H")]
    [InlineData("Headers:Hsts:IncludeSubDomains", "1", "must be true or false")]
    public void A_wrong_setting_is_named_with_its_rule(string name, string value, string error) =>
        Assert.Equal([$"{name}: {error}"], start.ErrorsOf($"--{name}={value}"));

    [Fact]
    public void The_metrics_token_may_stand_in_a_file()
    {
        start.Write("token", "a-metrics-token-0123456789-0123456789\n");
        Assert.Equal("a-metrics-token-0123456789-0123456789", start.Read("--Telemetry:MetricsToken_FILE=token")!.Edge.Telemetry.MetricsToken!.Reveal());
    }

    [Theory]
    [InlineData("*", "* would let every page in; name each origin")]
    [InlineData("https://*.example", "https://*.example would let every page in; name each origin")]
    [InlineData("ftp://a.example")]
    [InlineData("a.example")]
    [InlineData("https://a.example/")]
    [InlineData("https://a.example/app")]
    [InlineData("https://A.example")]
    [InlineData("https://a.example:443")]
    [InlineData("https://me@a.example")]
    [InlineData("null")]
    public void What_is_no_origin_is_left_out_in_development_and_refused_in_production(string text, string? error = null)
    {
        error ??= $"{text} must be an origin exactly as browsers send it, such as https://console.example or http://localhost:5173: http or https, lower case, no path and no slash at the end";
        var read = start.Read($"--Cors:AllowedOrigins=https://good.example;{text}")!.Edge.Cors;
        Assert.Equal(["https://good.example"], read.Origins);
        Assert.Equal($"Cors:AllowedOrigins: {error}", Assert.Single(read.Rejected).ToString());

        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        Assert.Contains($"Cors:AllowedOrigins: {error}", start.ErrorsOf($"--Cors:AllowedOrigins={text}"));
    }

    [Theory]
    [InlineData("https://a.example")]
    [InlineData("http://localhost:5173")]
    [InlineData("https://a.example:8443")]
    [InlineData("http://[::1]:3000")]
    [InlineData("https://xn--bcher-kva.example")]
    public void An_origin_is_what_browsers_send(string text) => Assert.Equal([text], start.Read($"--Cors:AllowedOrigins={text}")!.Edge.Cors.Origins);

    [Fact]
    public void Production_shows_health_details_to_nobody_and_lets_not_everybody_read_metrics()
    {
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        Assert.Contains(
            "Telemetry:AllowedAddresses: ::/0 is everybody, which production refuses; name the scrapers",
            start.ErrorsOf("--Telemetry:AllowedAddresses=::/0"));
    }
}
