using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SnapshotBallots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Ballots",
                table: "Snapshots",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Snapshots_Owner_Ballots",
                table: "Snapshots",
                columns: new[] { "Owner", "Ballots" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Snapshots_Owner_Ballots",
                table: "Snapshots");

            migrationBuilder.DropColumn(
                name: "Ballots",
                table: "Snapshots");
        }
    }
}
