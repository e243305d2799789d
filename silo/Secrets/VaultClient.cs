using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tumbler.Core.Privacy;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Secrets;

/// <summary>Vault's HTTP API, as far as it is needed: KV version 2, the token's own lease, the Kubernetes login.</summary>
internal sealed class VaultClient(Uri address, string? vaultNamespace, X509Certificate2Collection? authorities) : IDisposable
{
    /// <summary>A secret takes a hundredth of it.</summary>
    private const int MaxAnswer = 1024 * 1024;

    private const int LongestQuotation = 120;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(Handler(authorities)) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswer };

    public Task<VaultReply> Read(SecretAddress secret, SecretText token, CancellationToken stop) =>
        Send(HttpMethod.Get, $"{Escaped(secret.Mount)}/data/{Escaped(secret.Path)}", token, body: null, stop);

    public Task<VaultReply> LookUp(SecretText token, CancellationToken stop) => Send(HttpMethod.Get, "auth/token/lookup-self", token, body: null, stop);

    public Task<VaultReply> Renew(SecretText token, CancellationToken stop) => Send(HttpMethod.Post, "auth/token/renew-self", token, "{}"u8.ToArray(), stop);

    public Task<VaultReply> Login(string mount, string role, SecretText jwt, CancellationToken stop) => Send(
        HttpMethod.Post,
        $"auth/{Escaped(mount)}/login",
        token: null,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["role"] = role, ["jwt"] = jwt.Reveal() }),
        stop);

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler Handler(X509Certificate2Collection? authorities)
    {
        // The token goes to the address that was configured and nowhere else: neither where an answer or a proxy would have it.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        if (authorities is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return handler;
    }

    private async Task<VaultReply> Send(HttpMethod method, string path, SecretText? token, byte[]? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{address.AbsoluteUri.TrimEnd('/')}/v1/{path}"));
        request.Headers.Add("X-Vault-Request", "true");
        if (token is not null && !request.Headers.TryAddWithoutValidation("X-Vault-Token", token.Reveal()))
            return new(VaultFault.Refused, "the token can't stand in a header", default);
        if (vaultNamespace is not null)
            request.Headers.Add("X-Vault-Namespace", vaultNamespace);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var response = await http.SendAsync(request, stop);
            var bytes = await response.Content.ReadAsByteArrayAsync(stop);
            return Reply(response.StatusCode, Parse(bytes), token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(VaultFault.Away, $"Vault did not answer within {Patience.TotalSeconds:0} s", default);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return new(VaultFault.Away, "Vault's certificate is not accepted, or it serves no TLS", default);
        }
        catch (HttpRequestException e)
        {
            return new(VaultFault.Away, $"Vault does not answer ({e.HttpRequestError})", default);
        }
    }

    internal static VaultReply Reply(HttpStatusCode status, JsonElement body, SecretText? token = null) => (int)status switch
    {
        >= 200 and < 300 => new(VaultFault.None, null, body),
        403 => new(VaultFault.Denied, $"Vault denies it (403){Said(body, token)}", body),
        404 => new(VaultFault.NotFound, "Vault has nothing there (404)", body),
        503 => new(VaultFault.Away, "Vault is sealed, or is being maintained (503)", body),

        // A standby (429, 472, 473), too much at once (429), something behind it (412, 500, 502).
        412 or 429 or 472 or 473 or >= 500 => new(VaultFault.Away, $"Vault can't answer now ({(int)status}){Said(body, token)}", body),
        >= 300 and < 400 => new(VaultFault.Refused, $"Vault answers with a redirection ({(int)status}), which is not followed; give the address that answers", body),
        _ => new(VaultFault.Refused, $"Vault refuses it ({(int)status}){Said(body, token)}", body),
    };

    internal static JsonElement Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The first of its errors, which are made for people. Who answers here may be another than Vault, and say what it was told.</summary>
    private static string Said(JsonElement body, SecretText? token)
    {
        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array || errors.GetArrayLength() == 0
            || errors[0].ValueKind != JsonValueKind.String || errors[0].GetString() is not { Length: > 0 } said
            || (token is not null && said.Contains(token.Reveal(), StringComparison.Ordinal)))
            return "";
        said = Redaction.Text(string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter))).Trim();
        return $": {(said.Length > LongestQuotation ? said[..LongestQuotation] : said)}";
    }

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
