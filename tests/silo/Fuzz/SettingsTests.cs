using Tumbler.Silo.Tests.Configuration;
using Tumbler.Tests.Fuzz;

namespace Tumbler.Silo.Tests.Fuzz;

/// <summary>Whatever stands in a setting, the start ends with a list, not with an exception.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Command_lines()
    {
        using var start = new SettingsDirectory();
        Fuzzer.Run(
            ["--urls\nhttp://127.0.0.1:8080", "--Rings:default:Algorithm=ES256\n--Rings:default:Interval\n24h", "--environment\nProduction\n-x"],
            text => start.Read(text.Split('\n')),
            shortForm: 200);
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:8080;http://[::1]:0")]
    [InlineData("Tokens:Issuer", "https://issuer.example/a")]
    [InlineData("Tokens:Lifetime", "5m")]
    [InlineData("Rings:default:Algorithm", "ES256")]
    [InlineData("Rings:default:Interval", "PT24H")]
    [InlineData("Storage:Journal:Directory", "data")]
    [InlineData("Retention:Exports:Keep", "14d")]
    [InlineData("Audit:TimestampUrl", "https://tsa.example/")]
    [InlineData("Development:ClockRate", "1000")]
    [InlineData("Admin:Key", "0123456789012345678901234567890123456789")]
    [InlineData("ApiKeys:HashKey", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")]
    [InlineData("Cluster:SiloAddress", "127.0.0.1")]
    public void Settings(string name, string value)
    {
        using var start = new SettingsDirectory();
        Fuzzer.Run([value], text => start.Read($"--{name}", text), shortForm: 200);
    }
}
