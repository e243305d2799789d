using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>The server's HTTP interface. It is found, and the credential read, with the first request.</summary>
internal sealed class Server(Func<Outcome<Connection>> connect) : IDisposable
{
    private const string UnconfirmedHeader = "Tumbler-Unconfirmed";

    /// <summary>More than any page; whatever answers there must not fill this machine's memory.</summary>
    private const int LongestAnswer = 64 << 20;

    private const string InDoubt = "Whether it has done what it was asked for is not known.";

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(100);

    // A redirect could lead the credential to anybody.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private Outcome<Connection>? connection;

    /// <summary>One that is known already.</summary>
    public Server(Connection connection) : this(() => connection) { }

    /// <summary>Who is asked, or why nobody can be.</summary>
    public Outcome<Connection> Connection => connection ??= connect();

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
        return await Exchange(request, async (response, until) => new Answer<T>(await Body(response, until), shape, UnconfirmedIn(response)), stop, patience);
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
            return Refusals.Of(server, response.StatusCode, await Body(response, late.Token), response.Headers.RetryAfter?.Delta?.TotalSeconds);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Failure(ExitCode.Unavailable, $"{server} did not answer in time.", InDoubt);
        }
        catch (HttpRequestException e)
        {
            return Broken(server, e);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<byte[]> Body(HttpResponseMessage response, CancellationToken stop)
    {
        await response.Content.LoadIntoBufferAsync(LongestAnswer, stop);
        return await response.Content.ReadAsByteArrayAsync(stop);
    }

    private static string? UnconfirmedIn(HttpResponseMessage response) =>
        response.Headers.TryGetValues(UnconfirmedHeader, out var silos) ? string.Join(", ", silos) : null;

    private static Failure Broken(string server, HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => new(
            ExitCode.Unavailable, $"The certificate of {server} is not trusted: {(e.InnerException ?? e).Message}",
            "Set SSL_CERT_FILE to the certificates of its authority."),
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError => new(
            ExitCode.Unavailable, $"{server} can't be reached: {(e.InnerException ?? e).Message}", "Check the address, and that the server runs there."),
        _ => new(ExitCode.Unavailable, $"{server} broke off: {e.Message}", InDoubt),
    };
}
