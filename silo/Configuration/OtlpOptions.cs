namespace Tumbler.Silo.Configuration;

/// <summary>Where traces and metrics are pushed to, beside <c>/metrics</c> that waits to be read.</summary>
/// <param name="Endpoint">The collector's base address, without <c>/v1/traces</c>.</param>
/// <param name="Headers">As the exporter has them: <c>name=value,name=value</c>; null for none.</param>
/// <param name="Protocol">Default <c>http</c>.</param>
/// <param name="SampleRatio">How large a share of the requests is traced when the caller has not decided it, 0 to 1; default a tenth.</param>
public sealed record OtlpOptions(Uri Endpoint, SecretText? Headers, OtlpProtocol Protocol, double SampleRatio)
{
    internal const string EndpointSetting = "Telemetry:Otlp:Endpoint";
    internal const string HeadersSetting = "Telemetry:Otlp:Headers";
    private const string ProtocolSetting = "Telemetry:Otlp:Protocol";
    private const string SampleSetting = "Telemetry:Otlp:SampleRatio";

    /// <returns>Null when nothing is pushed, or after an error.</returns>
    internal static OtlpOptions? Read(SettingsReader settings)
    {
        var endpoint = ReadEndpoint(settings);
        var headers = settings.OptionalSecret(HeadersSetting, HeaderRule);
        var protocol = settings.OneOf<OtlpProtocol>(ProtocolSetting) ?? OtlpProtocol.Http;
        var ratio = settings.Number(SampleSetting, 0, 1) ?? 0.1;
        if (!settings.IsGiven(EndpointSetting))
        {
            foreach (var name in (string[])[HeadersSetting, $"{HeadersSetting}_FILE", $"{HeadersSetting}_VAULT", ProtocolSetting, SampleSetting])
            {
                if (settings.IsGiven(name))
                    settings.Error(name, $"is given, but {EndpointSetting} is not");
            }
        }

        if (endpoint is null)
            return null;
        if (headers is not null && endpoint.Scheme == Uri.UriSchemeHttp && !HostNames.IsLoopback(endpoint.IdnHost))
            settings.Error(EndpointSetting, $"must be https when {HeadersSetting} is given: they would travel unprotected");
        return new OtlpOptions(endpoint, headers, protocol, ratio);
    }

    private static Uri? ReadEndpoint(SettingsReader settings)
    {
        if (settings.Text(EndpointSetting) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 })
            return url;
        settings.Error(EndpointSetting, "must be an absolute http or https URL without user, query and fragment, such as http://127.0.0.1:4318");
        return null;
    }

    private static string? HeaderRule(string text) =>
        text.Split(',').All(pair => pair.Trim().IndexOf('=', StringComparison.Ordinal) > 0 && pair.All(letter => letter is >= ' ' and < '\x7f'))
            ? null : "must be name=value, several separated by commas, in printable ASCII";
}
