using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Personalization.App.Bot;
using Personalization.App.Jobs;
using Personalization.Imagine.Jobs;
using Personalization.Storage.Imagine;

namespace Personalization.App.Tests.Jobs;

public sealed class TokenErasureServiceTests
{
    [Fact]
    public async Task Token_is_erased_once_Discord_no_longer_accepts_it_and_the_rest_of_the_address_stays()
    {
        await using var program = await TasteProgram.CreateAsync();
        var erasure = ActivatorUtilities.CreateInstance<TokenErasureService>(program.Get<IServiceProvider>());
        var old = await AddAsync(program, 1);
        program.Time.Advance(TimeSpan.FromMinutes(14));
        var young = await AddAsync(program, 2);
        await erasure.EraseAsync(TasteProgram.Cancellation);
        Assert.Equal(old, await FindAsync(program, 1));

        program.Time.Advance(TimeSpan.FromMinutes(2));
        await erasure.EraseAsync(TasteProgram.Cancellation);

        Assert.Equal(old.WithoutToken(), await FindAsync(program, 1));
        Assert.Equal(young, await FindAsync(program, 2));

        program.Time.Advance(TimeSpan.FromMinutes(14));
        await erasure.EraseAsync(TasteProgram.Cancellation);
        Assert.Equal(young.WithoutToken(), await FindAsync(program, 2));
    }

    [Fact]
    public async Task Token_that_an_acknowledgement_brought_back_is_erased_by_a_later_pass()
    {
        await using var program = await TasteProgram.CreateAsync();
        var erasure = ActivatorUtilities.CreateInstance<TokenErasureService>(program.Get<IServiceProvider>());
        var address = await AddAsync(program, 1);
        program.Time.Advance(TimeSpan.FromMinutes(16));
        await erasure.EraseAsync(TasteProgram.Cancellation);
        await program.Get<IImagineJobStore>().SetReplyToAsync(1, address.ToString(), message: 77, TasteProgram.Cancellation);

        program.Time.Advance(TimeSpan.FromMinutes(1));
        await erasure.EraseAsync(TasteProgram.Cancellation);

        Assert.Equal(address.WithoutToken(), await FindAsync(program, 1));
    }

    [Fact]
    public void Erasure_runs_with_the_bot() =>
        Assert.Contains(BotHost.CreateBuilder().Services, service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(TokenErasureService));

    private static async Task<ReplyAddress> AddAsync(TasteProgram program, ulong id)
    {
        var address = new ReplyAddress(new(id, 9, "interaction.token", 8, 5, program.Time.GetUtcNow()), MessageId: 77);
        var job = SampleJob.Create(id) with { ReplyTo = address.ToString(), AcceptedAt = program.Time.GetUtcNow() };
        await program.Get<ImagineJobStore>().AddAsync(job, new JobsOptions(), TasteProgram.Cancellation);
        return address;
    }

    private static async Task<ReplyAddress> FindAsync(TasteProgram program, ulong id) =>
        ReplyAddress.Parse((await program.Get<IImagineJobStore>().FindAsync(id, TasteProgram.Cancellation))!.ReplyTo);
}
