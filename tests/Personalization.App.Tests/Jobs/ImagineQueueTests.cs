using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Personalization.App.Jobs;
using Personalization.Imagine.Jobs;
using Personalization.Storage;

namespace Personalization.App.Tests.Jobs;

public sealed class ImagineQueueTests
{
    [Fact]
    public async Task Job_that_was_stored_when_the_connection_ended_in_the_commit_is_accepted()
    {
        var cut = new Cut { AfterCommit = true };
        await using var program = await CreateAsync(cut);
        cut.IsOn = true;

        Assert.IsType<EnqueueResult.Accepted>(await program.Get<ImagineQueue>().EnqueueAsync(SampleJob.Create(1), TasteProgram.Cancellation));

        Assert.Equal(1, cut.Count);
        Assert.True(program.Get<ImagineQueue>().Accepted.TryRead(out var id));
        Assert.Equal(1UL, id);
    }

    [Fact]
    public async Task Job_that_was_not_stored_when_the_connection_ended_is_not_accepted()
    {
        var cut = new Cut();
        await using var program = await CreateAsync(cut);
        cut.IsOn = true;

        await Assert.ThrowsAnyAsync<Exception>(() => program.Get<ImagineQueue>().EnqueueAsync(SampleJob.Create(1), TasteProgram.Cancellation));

        Assert.False(program.Get<ImagineQueue>().Accepted.TryRead(out _));
    }

    private static Task<TasteProgram> CreateAsync(Cut cut) =>
        TasteProgram.CreateAsync(services => services.ConfigureDbContext<PersonalizationContext>(builder => builder.AddInterceptors(cut)));

    /// <summary>A connection that ends in a commit, before the server has it or before its answer comes back.</summary>
    private sealed class Cut : DbTransactionInterceptor
    {
        public bool IsOn { get; set; }

        public bool AfterCommit { get; init; }

        public int Count { get; private set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            IsOn && !AfterCommit ? throw End() : base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            IsOn && AfterCommit ? throw End() : base.TransactionCommittedAsync(transaction, eventData, cancellationToken);

        private IOException End()
        {
            Count++;
            return new("The connection ended.");
        }
    }
}
