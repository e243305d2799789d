using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Secrets;

namespace Tumbler.Stories.Tests.Protection;

/// <summary>What stands before the silos: when one can't be reached it asks the next one. Any answer is an answer.</summary>
internal sealed class Gateway(SecretsSeen secrets, params Uri[] silos) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient[] clients = [.. silos.Select(url => new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) })];
    private long longest;

    /// <summary>How long any request took at most, with everything that was tried.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref longest));

    public Task<Token> Token(NewApiKey client) => Ask(http => new TokenClient(http, secrets).ByBasic(client));

    public Task<string> Jwks() => Ask(http => http.GetText("/.well-known/jwks.json"));

    public void Dispose() => Array.ForEach(clients, client => client.Dispose());

    private async Task<T> Ask<T>(Func<HttpClient, Task<T>> ask)
    {
        var asking = Stopwatch.StartNew();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = await ask(clients[attempt % clients.Length]);
                Note(asking.Elapsed.Ticks);
                return answer;
            }
            catch (HttpRequestException e) when (e.StatusCode is null && asking.Elapsed < Patience)
            {
                // Nobody is there, or went away before a word: the next one.
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private void Note(long ticks)
    {
        for (var known = Interlocked.Read(ref longest); ticks > known; known = Interlocked.Read(ref longest))
            Interlocked.CompareExchange(ref longest, ticks, known);
    }
}
