using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WaitingJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_Waiting",
                table: "ImagineJobs",
                columns: new[] { "State", "PersonId" },
                filter: "\"State\" = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ImagineJobs_Waiting",
                table: "ImagineJobs");
        }
    }
}
