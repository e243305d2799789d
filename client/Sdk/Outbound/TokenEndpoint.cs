using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tumbler.Client.Keys;

namespace Tumbler.Client.Outbound;

/// <summary>Asks an issuer for a token.</summary>
internal sealed class TokenEndpoint(TokenClientOptions options, HttpClient http, TimeProvider clock, TimeProvider machineClock)
{
    /// <summary>For everything together: metadata, token, and a second try.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Uri? given = string.IsNullOrEmpty(options.TokenEndpoint) ? null : new Uri(options.TokenEndpoint);
    private Uri? found;

    public async Task<Grant> Ask()
    {
        if (!ClientSecret.TryRead(options, out var secret, out var problem))
            return new GrantFault(problem);
        using var patience = new CancellationTokenSource(Patience, machineClock);
        try
        {
            var answer = await Ask(secret, patience.Token);

            // A secret that was replaced after it had been read.
            if (answer.Fault?.Error == "invalid_client" && ClientSecret.TryRead(options, out var newer, out _) && newer != secret)
                answer = await Ask(newer, patience.Token);
            return answer;
        }
        catch (OperationCanceledException)
        {
            found = null;
            return new GrantFault($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            found = null;
            return new GrantFault(Quotation.Of(e.GetBaseException().Message, secret) ?? "no answer");
        }
    }

    private async Task<Grant> Ask(string secret, CancellationToken stop)
    {
        if ((given ?? found) is not { } address)
        {
            var named = await Find(stop);
            if (named.Fault is { } fault)
                return fault;
            address = found = named.Url!;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Form() };
        request.Headers.Authorization = Basic(options.ClientId!, secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await http.SendAsync(request, stop);
        var answer = GrantReader.Read(
            response.StatusCode, await response.Content.ReadAsByteArrayAsync(stop), secret, RetryAfter(response));

        // It may have moved; who answers in OAuth's own words has not.
        if (answer.Fault is { Error: null })
            found = null;
        return answer;
    }

    private async Task<TokenEndpointAddress> Find(CancellationToken stop)
    {
        var answer = default(TokenEndpointAddress);
        foreach (var address in IssuerMetadata.Places(options.Issuer!))
        {
            using var response = await http.GetAsync(address, stop);
            answer = TokenEndpointAddress.Read(
                response.StatusCode, await response.Content.ReadAsByteArrayAsync(stop), options, RetryAfter(response));
            if (response.StatusCode != HttpStatusCode.NotFound)
                break;
        }

        return answer;
    }

    private FormUrlEncodedContent Form()
    {
        List<KeyValuePair<string, string>> fields = [new("grant_type", "client_credentials")];
        if (!string.IsNullOrEmpty(options.Scope))
            fields.Add(new("scope", options.Scope));
        fields.AddRange(options.Resource.Select(resource => new KeyValuePair<string, string>("resource", resource)));
        return new FormUrlEncodedContent(fields);
    }

    /// <summary>RFC 6749 §2.3.1: each as in a form, so that neither may hold the colon between them.</summary>
    private static AuthenticationHeaderValue Basic(string client, string secret) => new(
        "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}")));

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
