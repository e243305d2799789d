using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>The server's HTTP interface. It is found, and the credential read, with the first request.</summary>
internal sealed class Server(Connecting connecting) : IDisposable
{
    private const string UnconfirmedHeader = "Tumbler-Unconfirmed";

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(100);

    // A redirect could lead the credential to anybody.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private Outcome<Connection>? connection;

    /// <summary>Who is asked, or why nobody can be.</summary>
    public Outcome<Connection> Connection => connection ??= connecting.Connect();

    public Task<Outcome<Answer<T>>> Get<T>(string path, JsonTypeInfo<T> shape, CancellationToken stop) =>
        Send(HttpMethod.Get, path, null, shape, stop);

    /// <summary>Without a body.</summary>
    public Task<Outcome<Answer<T>>> Send<T>(HttpMethod method, string path, JsonTypeInfo<T> shape, CancellationToken stop) =>
        Send(method, path, null, shape, stop);

    public Task<Outcome<Answer<T>>> Send<TRequest, T>(
        HttpMethod method, string path, TRequest request, JsonTypeInfo<TRequest> requestShape, JsonTypeInfo<T> shape, CancellationToken stop)
    {
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, requestShape));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Send(method, path, body, shape, stop);
    }

    /// <param name="patience">How long the whole answer may take; 100 s when it is left out.</param>
    public async Task<Outcome<Answer<T>>> Send<T>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> shape, CancellationToken stop, TimeSpan? patience = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        return await Exchange(request, async (response, until) => new Answer<T>(
            await response.Content.ReadAsByteArrayAsync(until), shape, response.Headers.TryGetValues(UnconfirmedHeader, out var silos) ? string.Join(", ", silos) : null), stop, patience);
    }

    /// <summary>The whole conversation: finds the server, asks, and gives a good answer to whoever reads it.</summary>
    public async Task<Outcome<T>> Exchange<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken stop, TimeSpan? patience = null)
    {
        if (!Connection.TryGet(out var to, out var failure))
            return failure;

        request.RequestUri = new Uri(to.Address, request.RequestUri!.OriginalString);
        to.Credential.AddTo(request.Headers);
        var server = ServerAddress.Text(to.Address);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(patience ?? UsualPatience);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
            if (response.IsSuccessStatusCode)
                return await read(response, late.Token);
            if (response.Headers.Location is { } elsewhere && (int)response.StatusCode is >= 300 and < 400)
                return new Failure(ExitCode.Unavailable, $"{server} sends us on to {elsewhere}.", "Use that address if you trust it; the credential is not sent there by itself.");
            return Refusals.Of(
                server, response.StatusCode, await response.Content.ReadAsByteArrayAsync(late.Token), response.Headers.RetryAfter?.Delta?.TotalSeconds);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Failure(ExitCode.Unavailable, $"{server} did not answer in time.", "Whether it has done what it was asked for is not known.");
        }
        catch (HttpRequestException e)
        {
            return Unreachable(server, e);
        }
    }

    public void Dispose() => http.Dispose();

    private static Failure Unreachable(string server, HttpRequestException e) => e.InnerException is AuthenticationException
        ? new(ExitCode.Unavailable, $"The certificate of {server} is not trusted: {e.InnerException.Message}",
            "Set SSL_CERT_FILE to the certificates of its authority.")
        : new(ExitCode.Unavailable, $"{server} can't be reached: {(e.InnerException ?? e).Message}",
            "Check the address, and that the server runs there.");
}
