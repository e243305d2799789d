using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class OtlpOptionsTests : IDisposable
{
    private const string UrlRule = "must be an absolute http or https URL without user, query and fragment, such as http://127.0.0.1:4318";

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void Nothing_is_pushed_unless_an_endpoint_is_given() => Assert.Null(start.Read()!.Edge.Telemetry.Otlp);

    [Fact]
    public void What_is_given_is_taken_and_the_headers_are_a_secret()
    {
        var otlp = start.Read(
            "--Telemetry:Otlp:Endpoint=https://collector.example:4317", "--Telemetry:Otlp:Headers=authorization=Bearer abc,x=y",
            "--Telemetry:Otlp:Protocol=grpc", "--Telemetry:Otlp:SampleRatio=0.5")!.Edge.Telemetry.Otlp!;

        Assert.Equal((OtlpProtocol.Grpc, 0.5, "authorization=Bearer abc,x=y"), (otlp.Protocol, otlp.SampleRatio, otlp.Headers!.Reveal()));
        Assert.DoesNotContain("Bearer", otlp.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Telemetry:Otlp:Endpoint", "collector:4318", UrlRule)]
    [InlineData("Telemetry:Otlp:Endpoint", "https://user:secret@collector.example", UrlRule)]
    [InlineData("Telemetry:Otlp:Headers", "a=b", "is given, but Telemetry:Otlp:Endpoint is not")]
    [InlineData("Telemetry:Otlp:Protocol", "http", "is given, but Telemetry:Otlp:Endpoint is not")]
    public void A_wrong_setting_is_named_with_its_rule(string name, string value, string error) =>
        Assert.Equal([$"{name}: {error}"], start.ErrorsOf($"--{name}={value}"));

    [Theory]
    [InlineData("Telemetry:Otlp:Headers", "nothing", "Telemetry:Otlp:Headers: must be name=value, several separated by commas, in printable ASCII")]
    [InlineData("Telemetry:Otlp:Headers", "a=b", "Telemetry:Otlp:Endpoint: must be https when Telemetry:Otlp:Headers is given: they would travel unprotected")]
    [InlineData("Telemetry:Otlp:Protocol", "udp", "Telemetry:Otlp:Protocol: must be http or grpc")]
    [InlineData("Telemetry:Otlp:SampleRatio", "2", "Telemetry:Otlp:SampleRatio: must be a number from 0 to 1")]
    public void Beside_an_endpoint_the_others_are_checked_too(string name, string value, string error) =>
        Assert.Equal([error], start.ErrorsOf("--Telemetry:Otlp:Endpoint=http://collector.example:4318", $"--{name}={value}"));
}
