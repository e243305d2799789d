using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Tumbler.Client.Tests;

/// <summary>The examples of the XML documentation and of docs/sdk*.md, compiled. <see cref="ExampleTests"/> compares the texts.</summary>
internal static class Examples
{
    public static void Service(string[] args)
    {
        // <service>
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTumbler(builder.Configuration.GetSection("Tumbler"));
        var app = builder.Build();
        app.UseTumbler();
        app.MapGet("/orders", () => "all of them").RequireScope("orders:read");
        app.Run();
        // </service>
    }

    public static void Endpoints(WebApplication app)
    {
        // <endpoints>
        app.MapGet("/orders", () => "all of them").RequireScope("orders:read");
        app.MapDelete("/orders/{id}", (string id) => id).RequireScope("orders:write").RequireRole("clerk", "manager");
        // </endpoints>
    }

    public static async Task Tokens(string token)
    {
        // <tokens>
        await using var tokens = new TumblerTokens(new TumblerOptions { Issuer = "https://tokens.example", Audience = { "https://orders.example" } });
        var result = await tokens.VerifyAsync(token);
        if (result.IsValid)
            Console.WriteLine(result.Token.Subject);
        else
            Console.WriteLine(result.Fault);
        // </tokens>
    }

    public static void Calls(IServiceCollection services)
    {
        // <calls>
        services.AddHttpClient("invoices").AddTumblerTokens(options =>
        {
            options.Issuer = "https://tokens.example";
            options.ClientId = "5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51";
            options.ClientSecretFile = "/run/secrets/tumbler-key";
            options.Scope = "orders:read";
        });
        // </calls>
    }

    public static void CallsBySettings(WebApplicationBuilder builder)
    {
        // <settings>
        builder.Services.AddHttpClient("orders", client => client.BaseAddress = new Uri("https://orders.example"))
            .AddTumblerTokens(builder.Configuration.GetSection("Tumbler:Outbound"));
        // </settings>
    }
}
