using Microsoft.AspNetCore.Http;

namespace Tumbler.Client.Tests.Outbound;

/// <summary>An issuer: its tokens are <c>token-1</c>, <c>token-2</c> …, each good for five minutes, until something else is to be answered.</summary>
internal sealed class Issuing : IAsyncDisposable
{
    public const string Secret = "s3cret/with+odd=characters:and more";

    private int issued;

    private Issuing(WebServer server)
    {
        Server = server;
        server.Answer = Handle;
    }

    public WebServer Server { get; }

    public string Issuer => Server.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>How often it was asked for a token.</summary>
    public int Asked => Server.Requests.Count(request => request.Path == "/token");

    /// <summary>Null: a token.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>Holds each answer back until it is done.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public object? ExpiresIn { get; set; } = 300;

    public static async Task<Issuing> Start() => new(await WebServer.Start());

    public TokenClientOptions Options(string? scope = null) =>
        new() { TokenEndpoint = $"{Issuer}/token", ClientId = "a client", ClientSecret = Secret, Scope = scope };

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static Func<HttpContext, Task> Refusal(int status, object body, string? retryAfter = null) => http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null)
            http.Response.Headers.RetryAfter = retryAfter;
        return http.Response.WriteAsJsonAsync(body);
    };

    private async Task Handle(HttpContext http)
    {
        var number = http.Request.Path == "/token" ? Interlocked.Increment(ref issued) : 0;
        await Hold;
        if (Instead is { } answer)
            await answer(http);
        else if (number > 0)
            await http.Response.WriteAsJsonAsync(new { access_token = $"token-{number}", token_type = "Bearer", expires_in = ExpiresIn });
        else
            http.Response.StatusCode = 404;
    }
}
