using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Core.Addresses;
using Tumbler.Core.Clients;
using Tumbler.Silo.Clients;

namespace Tumbler.Silo.Tests.Clients;

/// <summary>Against a real server on this machine, which is an inner address like any other.</summary>
public sealed class KeyDownloadTests : IAsyncLifetime
{
    private static readonly KeyAddresses Loopback = new(PlainHttp: true, new AddressList(["127.0.0.1"]));

    private readonly WebApplication server;
    private int requests;

    public KeyDownloadTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Use((http, next) =>
        {
            Interlocked.Increment(ref requests);
            return next(http);
        });
        server.MapGet("/jwks", () => "{\"keys\":[]}");
        server.MapGet("/redirect", () => Results.Redirect("/jwks"));
        server.MapGet("/missing", () => Results.NotFound());
        server.MapGet("/largest", () => new string('a', 64 * 1024));
        server.MapGet("/too-large", () => new string('a', 64 * 1024 + 1));
        server.MapGet("/no-end", async (HttpContext http) =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.WriteAsync(new string('a', 1024));
        });
        server.MapGet("/slow", (HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
    }

    private Uri Address => new(server.Urls.Single());

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task What_is_published_at_an_allowed_address_is_fetched()
    {
        using var download = Download(Loopback);

        Assert.Equal("{\"keys\":[]}", Encoding.UTF8.GetString((await download.Get(new Uri(Address, "/jwks")))!));
        Assert.Equal(64 * 1024, (await download.Get(new Uri(Address, "/largest")))!.Length);
    }

    [Theory]
    [InlineData("/redirect", 1)]
    [InlineData("/missing", 1)]
    [InlineData("/too-large", 1)]
    [InlineData("/no-end", 1)]
    public async Task Whatever_else_is_answered_there_is_nothing(string path, int asked)
    {
        using var download = Download(Loopback);

        Assert.Null(await download.Get(new Uri(Address, path)));
        Assert.Equal(asked, requests);
    }

    [Fact]
    public async Task Nobody_is_waited_for_longer_than_five_seconds()
    {
        var clock = new Tumbler.Tests.Clock.ManualClock(TimeProvider.System.GetUtcNow());
        using var download = new KeyDownload(Loopback, clock, NullLogger<KeyDownload>.Instance);
        var getting = download.Get(new Uri(Address, "/slow"));
        while (Volatile.Read(ref requests) == 0)
            await Task.Yield();

        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(getting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Null(await getting);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    public async Task An_inner_address_is_not_even_connected_to(string host)
    {
        using var download = Download(new KeyAddresses(PlainHttp: true, AddressList.Empty));

        Assert.Null(await download.Get(new Uri($"http://{host}:{Address.Port}/jwks")));
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task What_a_name_stands_for_counts_when_it_is_called()
    {
        IPAddress[] stands = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("169.254.169.254")];
        using var download = new KeyDownload(
            Loopback, TimeProvider.System, NullLogger<KeyDownload>.Instance, (_, _) => Task.FromResult(stands));
        var uri = new Uri($"http://keys.example:{Address.Port}/jwks");

        Assert.Null(await download.Get(uri));
        stands = [IPAddress.Parse("10.0.0.1"), IPAddress.Loopback];
        Assert.NotNull(await download.Get(uri));
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_name_that_stands_for_nothing_is_nothing()
    {
        using var download = new KeyDownload(
            Loopback, TimeProvider.System, NullLogger<KeyDownload>.Instance, (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Null(await download.Get(new Uri("http://keys.example/jwks")));
    }

    private static KeyDownload Download(KeyAddresses addresses) => new(addresses, TimeProvider.System, NullLogger<KeyDownload>.Instance);
}
